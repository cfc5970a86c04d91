using Actors.Client.Storage;
using Actors.Lab.Nodes;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Lab.Observing;

/// <summary>A replica's store that notes what was really stored.</summary>
internal sealed class RecordingReplicaStore : IReplicaStore
{
    private readonly IReplicaStore _store;
    private readonly ClientSite _site;
    private readonly ReplicaRecord _record;
    private readonly Action<ClientSite, ReplicaRecord, ReplicaChanges>? _storing;

    /// <param name="store">The real one.</param>
    /// <param name="site">Whose.</param>
    /// <param name="record">Follows it.</param>
    /// <param name="storing">Sees what was stored; the record is the one of before.</param>
    public RecordingReplicaStore(IReplicaStore store, ClientSite site, ReplicaRecord record, Action<ClientSite, ReplicaRecord, ReplicaChanges>? storing)
    {
        (_store, _site, _record, _storing) = (store, site, record, storing);
        record.Load(store);
    }

    public ReplicaFacts ReadFacts() => _store.ReadFacts();

    public IEnumerable<TreeEntry> ReadSynced() => _store.ReadSynced();

    public IEnumerable<(RelativePath Path, SeenFile File)> ReadSeen() => _store.ReadSeen();

    public IReadOnlyList<StoredPush> ReadPushes() => _store.ReadPushes();

    public IReadOnlyList<Intent> ReadIntents() => _store.ReadIntents();

    public IReadOnlyList<DisplacedFile> ReadDisplaced() => _store.ReadDisplaced();

    public void Commit(ReplicaChanges changes)
    {
        _store.Commit(changes);
        if (changes.IsEmpty)
            return;
        _storing?.Invoke(_site, _record, changes);
        _record.Apply(changes);
    }

    public void Dispose() => _store.Dispose();
}

/// <summary>A server's store that notes what was really committed.</summary>
internal sealed class RecordingShareStore : IShareStore
{
    private readonly IShareStore _store;
    private readonly ServerHistory _history;
    private readonly Action<IShareSnapshot, IReadOnlyList<LogRow>> _committed;
    private bool _isInDoubt;

    /// <param name="store">The real one.</param>
    /// <param name="history">Follows it.</param>
    /// <param name="committed">Sees what was committed when it is noted, with the store as it is then.</param>
    public RecordingShareStore(IShareStore store, ServerHistory history, Action<IShareSnapshot, IReadOnlyList<LogRow>> committed)
    {
        (_store, _history, _committed) = (store, history, committed);
        history.Reopen(store);
    }

    public IShareReader OpenReader() => _store.OpenReader();

    public IStoreTransaction Begin() => new RecordingTransaction(_store.Begin(), _history, _committed, () => _isInDoubt = true);

    // What was written while the store lay nowhere counts when it is back: no client was told of it before, and any may be told from now on.
    public void CheckPlace()
    {
        _store.CheckPlace();
        if (!_isInDoubt)
            return;
        _isInDoubt = false;
        using var reader = _store.OpenReader();
        using var snapshot = reader.Snapshot();
        _history.CatchUp(snapshot);
    }

    public void CheckRoom(long bytes) => _store.CheckRoom(bytes);

    public void CheckReserve(long bytes) => _store.CheckReserve(bytes);

    public void Dispose() => _store.Dispose();
}

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
