using Actors.Client.Files;
using Actors.Client.Storage;
using Actors.Lab.Checking;
using Actors.Lab.Nodes;
using Actors.Server.Storage;
using Actors.Simulation;

namespace Actors.Lab.Observing;

/// <summary>Storage of nodes whose every commit is noted.</summary>
internal sealed class RecordedStorage(INodeStorage inner, ServerHistory history, Coverage coverage, WholeFileChecker wholeFiles) : INodeStorage
{
    private readonly Dictionary<ClientSite, ReplicaRecord> _records = [];

    /// <summary>Sees what a replica has stored; the record is the one of before.</summary>
    public Action<ClientSite, ReplicaRecord, ReplicaChanges>? Storing { get; set; }

    public ReplicaRecord RecordOf(ClientSite site)
    {
        if (!_records.TryGetValue(site, out var record))
            _records.Add(site, record = new ReplicaRecord());
        return record;
    }

    /// <summary>The machine of a replica by its identity; null: nobody has it.</summary>
    public ClientSite? Find(Replication.Identity.NodeId node) =>
        _records.FirstOrDefault(item => item.Value.Identity?.Id == node).Key;

    public IFileSystem OpenFiles(ClientSite site, MachineProcess process) => new WatchedFileSystem(
        inner.OpenFiles(site, process),
        path => wholeFiles.CheckAppeared(site, path),
        (how, path) => wholeFiles.CheckTouched(site, how, path),
        site.World.Trace.IsRead ? what => site.World.Trace.Add(site.World.Now, $"{site.Name} {what}") : null,
        coverage);

    public IReplicaStore OpenReplicaStore(ClientSite site, MachineProcess process)
    {
        var store = inner.OpenReplicaStore(site, process);
        if (store.ReadIntents().Count > 0)
            coverage.Reached(Races.IntentRecovered);
        return new RecordingReplicaStore(store, site, RecordOf(site), Storing);
    }

    public IShareStore OpenShareStore(ServerSite site, MachineProcess process) =>
        new RecordingShareStore(inner.OpenShareStore(site, process), history, coverage);
}
