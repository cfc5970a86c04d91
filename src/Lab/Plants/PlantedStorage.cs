using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Lab.Nodes;
using Actors.Lab.World;
using Actors.Server.Storage;

namespace Actors.Lab.Plants;

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
