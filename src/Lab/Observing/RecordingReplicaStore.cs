using Actors.Client.Storage;
using Actors.Lab.Nodes;
using Actors.Messages.Tree;

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
