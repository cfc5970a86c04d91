using Actors.Client.Storage;
using Actors.Messages.Tree;

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
