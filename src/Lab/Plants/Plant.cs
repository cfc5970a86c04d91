using Actors.Client.FileSystem;
using Actors.Client.Storage;
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
