using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Lab.Checking;
using Actors.Lab.Nodes;
using Actors.Lab.World;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Lab.Observing;

/// <summary>Storage of nodes whose every commit is noted.</summary>
internal sealed class RecordedStorage(INodeStorage inner, ServerHistory history, Coverage coverage, WholeFileChecker wholeFiles) : INodeStorage
{
    private readonly Dictionary<ClientSite, ReplicaRecord> _records = [];
    private readonly Dictionary<NodeId, HashSet<ClientSite>> _owners = [];

    /// <summary>Sees what a replica has stored; the record is the one of before.</summary>
    public Action<ClientSite, ReplicaRecord, ReplicaChanges>? Storing { get; set; }

    /// <summary>Sees what the server has committed, with its store as it is then.</summary>
    public Action<ServerSite, IShareSnapshot, IReadOnlyList<LogRow>>? Committed { get; set; }

    /// <summary>A node has put a file under a name that people see.</summary>
    public Action<ClientSite, RelativePath>? Placed { get; set; }

    /// <summary>A node has moved a file from a name that people see into its own directory, or from there to such a name.</summary>
    public Action<ClientSite, RelativePath, RelativePath>? Moved { get; set; }

    /// <summary>A node has looked what is at a path.</summary>
    public Action<ClientSite, RelativePath, FileStat?>? Looked { get; set; }

    /// <summary>A node has learned that notices of changes were lost.</summary>
    public Action<ClientSite>? NoticesLost { get; set; }

    /// <summary>A process has opened its replica's store.</summary>
    public Action<ClientSite, MachineProcess, IReplicaStore>? Opened { get; set; }

    public ReplicaRecord RecordOf(ClientSite site)
    {
        if (!_records.TryGetValue(site, out var record))
            _records.Add(site, record = new ReplicaRecord());
        return record;
    }

    /// <summary>Null: no client's machine has the name.</summary>
    public ReplicaRecord? RecordOf(string machine) => _records.FirstOrDefault(record => record.Key.Name == machine).Value;

    /// <summary>The machines whose replica has, or once had, an identity: a clone has its original's for a while.</summary>
    public IReadOnlyCollection<ClientSite> Owners(NodeId node) => _owners.GetValueOrDefault(node) ?? [];

    public IFileSystem OpenFiles(ClientSite site, MachineProcess process) => new WatchedFileSystem(
        inner.OpenFiles(site, process),
        path =>
        {
            Placed?.Invoke(site, path);
            wholeFiles.CheckAppeared(site, path);
        },
        (from, to) => Moved?.Invoke(site, from, to),
        (how, path) => wholeFiles.CheckTouched(site, how, path),
        (path, stat) => Looked?.Invoke(site, path, stat),
        site.World.Trace.IsRead ? what => site.World.Trace.Add(site.World.Now, $"{site.Name} {what}") : null,
        () => NoticesLost?.Invoke(site),
        coverage);

    public IReplicaStore OpenReplicaStore(ClientSite site, MachineProcess process)
    {
        var store = inner.OpenReplicaStore(site, process);
        if (store.ReadIntents().Count > 0)
            coverage.Reached(Races.IntentRecovered);
        if (store.ReadFacts().Identity is { } identity)
            NoteOwner(identity.Id, site);
        Opened?.Invoke(site, process, store);
        return new RecordingReplicaStore(store, site, RecordOf(site), OnStoring);
    }

    private void OnStoring(ClientSite site, ReplicaRecord before, ReplicaChanges changes)
    {
        if (changes.Identity is { } identity)
            NoteOwner(identity.Id, site);
        Storing?.Invoke(site, before, changes);
    }

    private void NoteOwner(NodeId node, ClientSite site)
    {
        if (!_owners.TryGetValue(node, out var owners))
            _owners.Add(node, owners = []);
        owners.Add(site);
    }

    public IShareStore OpenShareStore(ServerSite site, MachineProcess process) =>
        new RecordingShareStore(
        inner.OpenShareStore(site, process), history, (store, rows) => Committed?.Invoke(site, store, rows));
}
