using Actors.Messages.Content;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Lab.Plants;

/// <summary>Reads as another snapshot does; a plant changes one of the answers.</summary>
internal class ForwardingSnapshot(IShareSnapshot inner) : IShareSnapshot
{
    public virtual IReadOnlyList<ShareRow> Shares() => inner.Shares();

    public virtual ShareHead Head(int share) => inner.Head(share);

    public virtual IReadOnlyList<EpochRow> Epochs(int share) => inner.Epochs(share);

    public virtual ContentHash? ChainAt(int share, ulong seq) => inner.ChainAt(share, seq);

    public virtual IReadOnlyList<LogRow> ReadLog(int share, ulong after, int limit) => inner.ReadLog(share, after, limit);

    public virtual TreeEntry? Find(int share, RelativePath path) => inner.Find(share, path);

    public virtual IReadOnlyList<TreeEntry> LiveBelow(int share, RelativePath folder, int limit) => inner.LiveBelow(share, folder, limit);

    public virtual IEnumerable<TreeEntry> EntriesAfter(int share, ulong version, RelativePath path) => inner.EntriesAfter(share, version, path);

    public virtual ShareSize Size(int share) => inner.Size(share);

    public virtual byte[]? ReadPart(ContentHash hash) => inner.ReadPart(hash);

    public virtual int? PartLength(ContentHash hash) => inner.PartLength(hash);

    public virtual ContentRef? FindContent(ContentHash root) => inner.FindContent(root);

    public virtual NodeRow? FindNode(NodeId id) => inner.FindNode(id);

    public virtual OutcomeRow? FindOutcome(uint node, ulong counter) => inner.FindOutcome(node, counter);

    public void Dispose()
    {
        End();
        GC.SuppressFinalize(this);
    }

    protected virtual void End() => inner.Dispose();
}
