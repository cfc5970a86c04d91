using Actors.Client.FileSystem;
using Actors.Client.Tests.FileSystem;
using Actors.Lab.Files;
using Actors.Lab.World;
using Actors.Lab.World.Disks;
using Actors.Messages.Tree;

namespace Actors.Lab.Tests.Files;

public sealed class SimulatedFileSystemTests : FileSystemContract
{
    private const int Mode = 0x1a4;

    private readonly Machine _machine = new SimulatedWorld(1).AddMachine("machine");
    private readonly DiskProcess _node;
    private readonly DiskProcess _user;
    private readonly SimulatedFileSystem _files;

    public SimulatedFileSystemTests()
    {
        _user = _machine.StartProcess("user").Disk;
        _node = _machine.StartProcess("node").Disk;
        _user.MakeDirectory("replica");
        _files = SimulatedFileSystem.Open(_node, "replica");
    }

    protected override IFileSystem FileSystem => _files;

    [Fact]
    public void It_has_all_calls_and_leaves_nothing_of_the_trial()
    {
        MakeDirectory("scratch");
        var traits = _files.Probe(P("scratch"));
        Assert.True(traits is { ExchangesNames: true, RenamesWithoutReplacing: true, KnowsWriters: true, NamesAreBytes: true, IsNetwork: false });
        Assert.Empty(_files.List(P("scratch"))!);
    }

    [Fact]
    public void Symbolic_links_are_seen_and_never_followed()
    {
        _user.MakeDirectory("outside");
        _user.Open("outside/secret", OpenModes.Write | OpenModes.Create).Dispose();
        _user.MakeLink("replica/link", "/outside/secret");
        _user.MakeLink("replica/dir", "/outside");
        Assert.Equal(FileKind.SymbolicLink, _files.Stat(P("link"))!.Value.Kind);
        Assert.Null(_files.OpenRead(P("link")));
        Assert.Null(_files.OpenRead(P("dir/secret")));
        Assert.Null(_files.List(P("dir")));
        Assert.Equal(FileFault.NotADirectory, _files.Delete(P("dir/secret")));
        Assert.Throws<FileFaultException>(() => _files.Create(P("dir/new"), Mode));
    }

    [Fact]
    public void Directories_and_pipes_have_no_content()
    {
        MakeDirectory("d");
        _user.MakeSpecial("replica/pipe");
        Assert.Null(_files.OpenRead(P("d")));
        Assert.Null(_files.OpenRead(P("pipe")));
        Assert.Equal(FileKind.Special, _files.Stat(P("pipe"))!.Value.Kind);
    }

    [Fact]
    public void It_stays_with_its_directory_and_misses_its_place()
    {
        Put("a", "mine");
        Assert.True(_files.RootIsInPlace());
        _user.Rename("replica", "moved");
        _user.MakeDirectory("replica");
        Assert.False(_files.RootIsInPlace());
        Assert.Equal("mine", Text("a"));
        _user.Unlink("moved/a");
        _user.RemoveDirectory("moved");
        Assert.False(_files.RootIsInPlace());
        Assert.Null(_files.Stat(P("a")));
        Assert.Equal(FileFault.NotFound, _files.MakeDirectory(P("d")));
    }

    [Fact]
    public void A_full_or_broken_disk_stops_the_node_and_a_path_that_is_closed_to_it_does_not()
    {
        Put("a", "one");
        _machine.Disk.CapacityBytes = 0;
        Assert.True(Assert.Throws<FileFaultException>(() => Put("b", "two")).StopsTheNode);
        Assert.Equal(FileFault.NoSpace, Assert.Throws<FileFaultException>(() => _files.MakeDirectory(P("d"))).Fault);
        using (var closed = _user.Open("replica/a", OpenModes.Read))
            closed.SetMode(0);
        var fault = Assert.Throws<FileFaultException>(() => _files.OpenRead(P("a")));
        Assert.Equal(FileFault.Denied, fault.Fault);
        Assert.False(fault.StopsTheNode);
    }

    [Fact]
    public void A_lock_ends_with_its_process()
    {
        Assert.NotNull(_files.TryLock(P("lock")));
        var other = SimulatedFileSystem.Open(_machine.StartProcess("other").Disk, "replica");
        Assert.Null(other.TryLock(P("lock")));
        _node.Kill();
        Assert.NotNull(other.TryLock(P("lock")));
    }

    [Fact]
    public void What_was_flushed_survives_a_loss_of_power()
    {
        MakeDirectory("d");
        using (var file = _files.Create(P("d/a"), Mode))
        {
            file.Write(0, "text"u8);
            file.Flush();
        }
        _files.FlushDirectory(P("d"));
        _files.FlushDirectory(RelativePath.Root);
        _user.SyncDirectory("");
        _machine.LosePower();
        Assert.Throws<ProcessKilledException>(() => _files.Stat(P("d")));
        _machine.PowerOn();
        using var again = SimulatedFileSystem.Open(_machine.StartProcess("node").Disk, "replica");
        Assert.Equal(4, again.Stat(P("d/a"))!.Value.Size);
    }
}
