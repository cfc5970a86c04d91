using Actors.Messages.History;
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

/// <summary>A replica's state cannot be read or written.</summary>
public sealed class ReplicaStoreException(string message, bool isDiskFull, Exception? inner = null) : Exception(message, inner)
{
    public bool IsDiskFull { get; } = isDiskFull;
}

/// <summary>What one transaction of a <see cref="IReplicaStore"/> changes. Empty at first; what is set or added is written.</summary>
public sealed class ReplicaChanges
{
    public ReplicaIdentity? Identity { get; set; }

    public SharePosition? Position { get; set; }

    /// <summary>Set with or before the first row of the synced tree that is of it.</summary>
    public SharePosition? Newest { get; set; }

    public string? Name { get; set; }

    /// <summary>Of the newest push added.</summary>
    public ulong? LastCounter { get; set; }

    /// <summary>Before everything else: both positions, synced tree and pushes go (another epoch, or another identity).</summary>
    public bool ForgetAgreement { get; set; }

    /// <summary>Null: no longer agreed on, or gone.</summary>
    public Dictionary<RelativePath, TreeEntry?> Synced { get; } = [];

    /// <summary>Null: forgotten.</summary>
    public Dictionary<RelativePath, SeenFile?> Seen { get; } = [];

    public List<StoredPush> Pushes { get; } = [];

    public List<ulong> SettledPushes { get; } = [];

    public List<Intent> Intents { get; } = [];

    public List<long> IntentsDone { get; } = [];

    public List<DisplacedFile> Displaced { get; } = [];

    public List<long> DisplacedDone { get; } = [];

    public bool IsEmpty =>
        Identity is null && Position is null && Newest is null && Name is null && LastCounter is null && !ForgetAgreement
        && Synced.Count + Seen.Count + Pushes.Count + SettledPushes.Count + Intents.Count + IntentsDone.Count
            + Displaced.Count + DisplacedDone.Count == 0;
}
