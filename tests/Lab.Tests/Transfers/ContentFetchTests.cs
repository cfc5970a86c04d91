using Actors.Client.Files;
using Actors.Client.State;
using Actors.Client.Transfers;
using Actors.Lab.Files;
using Actors.Lab.Tests.Storage;
using Actors.Replication.Content;
using Actors.Replication.Tree;
using Actors.Simulation.Disks;

namespace Actors.Lab.Tests.Transfers;

public sealed class ContentFetchTests
{
    [Fact]
    public void A_fetch_that_cannot_begin_leaves_no_file_open()
    {
        var scene = new StorageScene();
        var files = SimulatedFileSystem.Open(scene.Process, "data");
        files.MakeDirectory(ReplicaLayout.Own);
        files.MakeDirectory(ReplicaLayout.Staging);
        var wanted = new WantedContent(new TreeEntry(RelativePath.Parse("a"), EntryState.File(ContentRef.Of("text"u8)), 1), 1);
        scene.Fault = (DiskOperation.SetMode, DiskError.InputOutput);
        Assert.Throws<FileFaultException>(() => new ContentFetch(files, wanted));
        Assert.Equal(0, scene.Machine.Disk.OpenFiles);
    }
}
