using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Lab.Nodes;
using Actors.Lab.World;
using Actors.Lab.World.Network;
using Actors.Server.Storage;

namespace Actors.Lab.Plants;

/// <summary>
/// A bug put into the nodes from outside, to see that a checker finds it. One instance lives as long as one run's world,
/// across all restarts of its nodes. What is not overridden is as it should be.
/// </summary>
internal abstract class Plant
{
    /// <summary>A client's files, whenever its node opens them.</summary>
    public virtual IFileSystem Files(IFileSystem files) => files;

    /// <summary>A client's state, whenever its node opens it.</summary>
    public virtual IReplicaStore ReplicaStore(IReplicaStore store) => store;

    /// <summary>The server's store, whenever the server opens it.</summary>
    public virtual IShareStore ShareStore(IShareStore store) => store;

    /// <summary>The server's process, before it opens anything.</summary>
    public virtual void ServerProcess(MachineProcess process)
    {
    }

    /// <summary>The network, once.</summary>
    public virtual void Network(SimulatedNetwork network)
    {
    }
}

/// <summary>The nodes' storage with a plant between it and the nodes.</summary>
internal sealed class PlantedStorage(INodeStorage inner, Plant plant) : INodeStorage
{
    public IFileSystem OpenFiles(ClientSite site, MachineProcess process) => plant.Files(inner.OpenFiles(site, process));

    public IReplicaStore OpenReplicaStore(ClientSite site, MachineProcess process) => plant.ReplicaStore(inner.OpenReplicaStore(site, process));

    public IShareStore OpenShareStore(ServerSite site, MachineProcess process)
    {
        plant.ServerProcess(process);
        return plant.ShareStore(inner.OpenShareStore(site, process));
    }
}
