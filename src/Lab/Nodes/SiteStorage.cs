using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Lab.Files;
using Actors.Lab.Plans;
using Actors.Lab.Storage;
using Actors.Lab.World;
using Actors.Server.Storage;

namespace Actors.Lab.Nodes;

/// <summary>Opens what nodes keep on their disks; observers and planted bugs wrap it.</summary>
internal interface INodeStorage
{
    IFileSystem OpenFiles(ClientSite site, MachineProcess process);

    IReplicaStore OpenReplicaStore(ClientSite site, MachineProcess process);

    IShareStore OpenShareStore(ServerSite site, MachineProcess process);
}

/// <summary>The nodes' storage as it is, on the simulated disks.</summary>
internal sealed class SiteStorage : INodeStorage
{
    public const string StateFile = ClientSite.Root + "/" + ReplicaLayout.StateFile;
    public const string StoreFile = ServerSite.Data + "/store.db";

    private readonly StateTable _states = new();

    public IFileSystem OpenFiles(ClientSite site, MachineProcess process) => SimulatedFileSystem.Open(
        process.Disk, ClientSite.Root, exchangesNames: site.Place != PlaceKind.WithoutExchange, tellsAll: site.Place != PlaceKind.PlainNotices);

    public IReplicaStore OpenReplicaStore(ClientSite site, MachineProcess process) => SimulatedReplicaStore.Open(process.Disk, StateFile, _states);

    public IShareStore OpenShareStore(ServerSite site, MachineProcess process) => SimulatedShareStore.Open(process.Disk, StoreFile, _states);
}
