using Actors.Messages.Tree;

namespace Actors.Client.Storage;

/// <summary>
/// A replica's own state, apart from its files. Every call happens on the caller's thread; one caller at a time. What a
/// <see cref="Commit"/> has returned from survives a crash and power loss, whole; what it has not is there whole or not at all.
/// </summary>
public interface IReplicaStore : IDisposable
{
    ReplicaFacts ReadFacts();

    /// <summary>The synced tree: what lives and was agreed on, in byte order.</summary>
    IEnumerable<TreeEntry> ReadSynced();

    IEnumerable<(RelativePath Path, SeenFile File)> ReadSeen();

    /// <summary>By counter.</summary>
    IReadOnlyList<StoredPush> ReadPushes();

    /// <summary>By id.</summary>
    IReadOnlyList<Intent> ReadIntents();

    /// <summary>By id.</summary>
    IReadOnlyList<DisplacedFile> ReadDisplaced();

    /// <exception cref="ReplicaStoreException">Nothing of it was written, or that is not known: the state must be read anew.</exception>
    void Commit(ReplicaChanges changes);
}
