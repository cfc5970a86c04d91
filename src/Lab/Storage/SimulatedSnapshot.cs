using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Lab.Storage;

/// <summary>Reads of one state.</summary>
internal class SimulatedSnapshot(StoreState state) : IShareSnapshot
{
    protected StoreState State { get; set; } = state;

    public IReadOnlyList<ShareRow> Shares() => [.. State.Shares.Select(share => share.Row)];

    public ShareHead Head(int share)
    {
        var stored = State.Share(share);
        var last = stored.Log.Count == 0 ? null : stored.Log[^1];
        return new ShareHead(share, stored.Epochs[^1].Id, last?.Commit.Sequence ?? 0, last?.Chain ?? CommitHash.Genesis);
    }

    public IReadOnlyList<EpochRow> Epochs(int share) => State.Share(share).Epochs;

    public ContentHash? ChainAt(int share, ulong seq)
    {
        if (seq == 0)
            return CommitHash.Genesis;
        var log = State.Share(share).Log;
        return seq <= (ulong)log.Count ? log[(int)seq - 1].Chain : null;
    }

    public IReadOnlyList<LogRow> ReadLog(int share, ulong after, int limit)
    {
        var log = State.Share(share).Log;
        var start = (int)Math.Min(after, (ulong)log.Count);
        return log.GetRange(start, Math.Min(limit, log.Count - start));
    }

    public TreeEntry? Find(int share, RelativePath path) => State.Share(share).Find(path);

    public IReadOnlyList<TreeEntry> LiveBelow(int share, RelativePath folder, int limit) => State.Share(share).LiveBelow(folder, limit);

    public IEnumerable<TreeEntry> EntriesAfter(int share, ulong version, RelativePath path) => State.Share(share).EntriesAfter(version, path);

    public ShareSize Size(int share) => State.Share(share).Size;

    public byte[]? ReadPart(ContentHash hash) => State.Parts.GetValueOrDefault(hash);

    public int? PartLength(ContentHash hash) => State.Parts.GetValueOrDefault(hash)?.Length;

    public ContentRef? FindContent(ContentHash root) => State.Contents.TryGetValue(root, out var content) ? content : null;

    public NodeRow? FindNode(NodeId id) => State.Nodes.GetValueOrDefault(id);

    public OutcomeRow? FindOutcome(uint node, ulong counter) => State.Outcomes.GetValueOrDefault(node)?.GetValueOrDefault(counter);

    public void Dispose()
    {
        End();
        GC.SuppressFinalize(this);
    }

    protected virtual void End()
    {
    }
}
