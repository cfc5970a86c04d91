using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Lab.Plants;

/// <summary>A page says where the head is now, and holds entries that were read before.</summary>
internal sealed class PageOfTwoSnapshots : Plant
{
    private const int OneIn = 8;

    private IShareSnapshot? _before;
    private int _read;

    public override IShareStore ShareStore(IShareStore store)
    {
        _before = null;
        return new ForwardingShareStore(store, snapshots: now =>
        {
            var before = ++_read % OneIn == 0 ? _before : null;
            _before = now;
            return before is null ? now : new Snapshot(now, before);
        });
    }

    private sealed class Snapshot(IShareSnapshot now, IShareSnapshot before) : ForwardingSnapshot(now)
    {
        public override IEnumerable<TreeEntry> EntriesAfter(int share, ulong version, RelativePath path) => before.EntriesAfter(share, version, path);
    }
}
