using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Lab.Observing;

/// <summary>Passes everything on; what was appended counts as committed when the commit has returned.</summary>
internal sealed class RecordingTransaction(
    IStoreTransaction inner, ServerHistory history, Action<IShareSnapshot, IReadOnlyList<LogRow>> committed, Action failed) : IStoreTransaction
{
    private readonly List<EpochId> _epochs = [];

    public void Commit()
    {
        try
        {
            inner.Commit();
        }
        catch
        {
            failed();
            throw;
        }
        foreach (var epoch in _epochs)
            history.Note(epoch);
        committed(inner, history.CatchUp(inner));
    }

    public ShareRow AddShare(string name, EpochId epoch)
    {
        _epochs.Add(epoch);
        return inner.AddShare(name, epoch);
    }

    public bool Append(int share, ulong expectedHead, LogRow row) => inner.Append(share, expectedHead, row);

    public void PutEpoch(int share, EpochRow epoch)
    {
        _epochs.Add(epoch.Id);
        inner.PutEpoch(share, epoch);
    }

    public OutcomeRow? FindOutcome(uint node, ulong counter) => inner.FindOutcome(node, counter);

    public void Put(int share, TreeEntry entry) => inner.Put(share, entry);

    public void PutPart(ContentHash hash, ReadOnlySpan<byte> bytes) => inner.PutPart(hash, bytes);

    public void PutContent(ContentRef content) => inner.PutContent(content);

    public uint NextNodeNumber() => inner.NextNodeNumber();

    public ulong NextSession() => inner.NextSession();

    public void PutNode(NodeRow node) => inner.PutNode(node);

    public void PutOutcome(uint node, OutcomeRow outcome) => inner.PutOutcome(node, outcome);

    public int ForgetUploads(long nowUs, long ageUs) => inner.ForgetUploads(nowUs, ageUs);

    public void ForgetOutcomes(uint node, ulong through) => inner.ForgetOutcomes(node, through);

    public IReadOnlyList<ShareRow> Shares() => inner.Shares();

    public ShareHead Head(int share) => inner.Head(share);

    public IReadOnlyList<EpochRow> Epochs(int share) => inner.Epochs(share);

    public ContentHash? ChainAt(int share, ulong seq) => inner.ChainAt(share, seq);

    public IReadOnlyList<LogRow> ReadLog(int share, ulong after, int limit) => inner.ReadLog(share, after, limit);

    public TreeEntry? Find(int share, RelativePath path) => inner.Find(share, path);

    public IReadOnlyList<TreeEntry> LiveBelow(int share, RelativePath folder, int limit) => inner.LiveBelow(share, folder, limit);

    public IEnumerable<TreeEntry> EntriesAfter(int share, ulong version, RelativePath path) => inner.EntriesAfter(share, version, path);

    public ShareSize Size(int share) => inner.Size(share);

    public byte[]? ReadPart(ContentHash hash) => inner.ReadPart(hash);

    public int? PartLength(ContentHash hash) => inner.PartLength(hash);

    public ContentRef? FindContent(ContentHash root) => inner.FindContent(root);

    public NodeRow? FindNode(NodeId id) => inner.FindNode(id);

    public void Dispose() => inner.Dispose();
}
