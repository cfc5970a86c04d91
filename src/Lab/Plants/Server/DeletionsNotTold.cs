using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Lab.Plants;

/// <summary>A page leaves out what was deleted.</summary>
internal sealed class DeletionsNotTold : Plant
{
    public override IShareStore ShareStore(IShareStore store) => new ForwardingShareStore(store, snapshots: snapshot => new Snapshot(snapshot));

    private sealed class Snapshot(IShareSnapshot inner) : ForwardingSnapshot(inner)
    {
        public override IEnumerable<TreeEntry> EntriesAfter(int share, ulong version, RelativePath path) =>
            base.EntriesAfter(share, version, path).Where(entry => !entry.State.IsAbsent);
    }
}
