using Actors.Client.Storage;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Lab.Plants;

/// <summary>A replica's state as another store has it; a plant changes what is committed.</summary>
internal class ForwardingReplicaStore(IReplicaStore inner) : IReplicaStore
{
    public virtual ReplicaFacts ReadFacts() => inner.ReadFacts();

    public virtual IEnumerable<TreeEntry> ReadSynced() => inner.ReadSynced();

    public virtual IEnumerable<(RelativePath Path, SeenFile File)> ReadSeen() => inner.ReadSeen();

    public virtual IReadOnlyList<StoredPush> ReadPushes() => inner.ReadPushes();

    public virtual IReadOnlyList<Intent> ReadIntents() => inner.ReadIntents();

    public virtual IReadOnlyList<DisplacedFile> ReadDisplaced() => inner.ReadDisplaced();

    public virtual void Commit(ReplicaChanges changes) => inner.Commit(changes);

    public void Dispose()
    {
        inner.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>A store whose transactions, or whose snapshots, pass through a plant.</summary>
internal sealed class ForwardingShareStore(
    IShareStore inner, Func<IStoreTransaction, IStoreTransaction>? transactions = null, Func<IShareSnapshot, IShareSnapshot>? snapshots = null) : IShareStore
{
    public IShareReader OpenReader() => snapshots is null ? inner.OpenReader() : new Reader(inner.OpenReader(), snapshots);

    public IStoreTransaction Begin() => transactions is null ? inner.Begin() : transactions(inner.Begin());

    public void CheckPlace() => inner.CheckPlace();

    public void CheckRoom(long bytes) => inner.CheckRoom(bytes);

    public void CheckReserve(long bytes) => inner.CheckReserve(bytes);

    public void Dispose() => inner.Dispose();

    private sealed class Reader(IShareReader inner, Func<IShareSnapshot, IShareSnapshot> snapshots) : IShareReader
    {
        public IShareSnapshot Snapshot() => snapshots(inner.Snapshot());

        public void Dispose() => inner.Dispose();
    }
}

/// <summary>Writes as another transaction does; a plant changes one of the calls.</summary>
internal class ForwardingTransaction(IStoreTransaction inner) : ForwardingSnapshot(inner), IStoreTransaction
{
    public virtual ShareRow AddShare(string name, EpochId epoch) => inner.AddShare(name, epoch);

    public virtual bool Append(int share, ulong expectedHead, LogRow row) => inner.Append(share, expectedHead, row);

    public virtual void Put(int share, TreeEntry entry) => inner.Put(share, entry);

    public virtual void PutPart(ContentHash hash, ReadOnlySpan<byte> bytes) => inner.PutPart(hash, bytes);

    public virtual void PutContent(ContentRef content) => inner.PutContent(content);

    public virtual void PutEpoch(int share, EpochRow epoch) => inner.PutEpoch(share, epoch);

    public virtual uint NextNodeNumber() => inner.NextNodeNumber();

    public virtual ulong NextSession() => inner.NextSession();

    public virtual void PutNode(NodeRow node) => inner.PutNode(node);

    public virtual void PutOutcome(uint node, OutcomeRow outcome) => inner.PutOutcome(node, outcome);

    public virtual void ForgetOutcomes(uint node, ulong through) => inner.ForgetOutcomes(node, through);

    public virtual int ForgetUploads(long nowUs, long ageUs) => inner.ForgetUploads(nowUs, ageUs);

    public virtual void Commit() => inner.Commit();
}

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
