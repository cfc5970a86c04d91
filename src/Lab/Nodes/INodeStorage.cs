using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Lab.World;
using Actors.Server.Storage;

namespace Actors.Lab.Nodes;

/// <summary>Opens what nodes keep on their disks; whoever observes or alters it comes in here.</summary>
internal interface INodeStorage
{
    IFileSystem OpenFiles(ClientSite site, MachineProcess process);

    IReplicaStore OpenReplicaStore(ClientSite site, MachineProcess process);

    IShareStore OpenShareStore(ServerSite site, MachineProcess process);
}
