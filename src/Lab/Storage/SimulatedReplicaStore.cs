using Actors.Client.Storage;
using Actors.Lab.World.Disks;
using Actors.Messages.Tree;

namespace Actors.Lab.Storage;

/// <summary>A replica's state in memory, with the fate of a file on a simulated disk: as SqliteReplicaStore keeps it.</summary>
internal sealed class SimulatedReplicaStore : IReplicaStore
{
    private readonly StateFile<ReplicaState> _file;

    private SimulatedReplicaStore(StateFile<ReplicaState> file) => _file = file;

    /// <exception cref="ReplicaStoreException">The file cannot be opened, or is not a replica's state.</exception>
    public static SimulatedReplicaStore Open(DiskProcess process, DiskPath file, StateTable table)
    {
        try
        {
            return new SimulatedReplicaStore(StateFile<ReplicaState>.Open(process, file, table, ReplicaState.Empty));
        }
        catch (DiskException e)
        {
            throw Failure($"the state in {file} cannot be opened", e);
        }
    }

    public ReplicaFacts ReadFacts() => _file.Current.Facts;

    public IEnumerable<TreeEntry> ReadSynced() => _file.Current.Synced.Values;

    public IEnumerable<(RelativePath Path, SeenFile File)> ReadSeen() => _file.Current.Seen.Select(row => (row.Key, row.Value));

    public IReadOnlyList<StoredPush> ReadPushes() => [.. _file.Current.Pushes.Values];

    public IReadOnlyList<Intent> ReadIntents() => [.. _file.Current.Intents.Values];

    public IReadOnlyList<DisplacedFile> ReadDisplaced() => [.. _file.Current.Displaced.Values];

    public void Commit(ReplicaChanges changes)
    {
        if (changes.IsEmpty)
            return;
        try
        {
            _file.Commit(_file.Current.After(changes), ReplicaState.BytesOf(changes));
        }
        catch (DiskException e)
        {
            throw Failure("the state cannot be written", e);
        }
    }

    public void Dispose() => _file.Dispose();

    private static ReplicaStoreException Failure(string what, DiskException e) => new($"{what}: {e.Message}", e.Error == DiskError.NoSpace, e);
}
