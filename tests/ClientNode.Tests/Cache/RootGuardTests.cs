using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Client.FileSystem.Linux;
using Actors.Client.Storage;
using Actors.Client.Tests.FileSystem;
using Actors.Messages.Identity;

namespace Actors.Client.Tests.Cache;

/// <summary>What stops a node whose replica was emptied, on a real disk.</summary>
public sealed class RootGuardTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly LinuxFileSystem _files;
    private readonly ReplicaScene _scene = new();

    public RootGuardTests()
    {
        _files = LinuxFileSystem.Open(_directory.Path);
        Assert.Equal(FileFault.None, _files.MakeDirectory(ReplicaLayout.Own));
        _scene.JoinAt(3, ReplicaScene.File("a", "a", 1), ReplicaScene.File("b", "b", 2), ReplicaScene.File("c", "c", 3));
    }

    [Fact]
    public void An_emptied_replica_is_one_over_a_restart_too_although_something_is_there_again()
    {
        Assert.False(Start().MayBelieveAbsences(_scene.Replica));
        _directory.Write("a", "of a program that goes on");
        var guard = Start();
        Assert.False(guard.MayBelieveAbsences(_scene.Replica));
        Assert.False(guard.TryResume(_scene.Replica));
        Assert.Contains("was emptied", guard.Reason);
        _directory.Write("b", "back");
        _directory.Write("c", "back");
        Assert.True(guard.TryResume(_scene.Replica));
        Assert.Null(guard.Reason);
        // One of several that are there may be deleted.
        File.Delete(_directory["c"]);
        Assert.True(Start().MayBelieveAbsences(_scene.Replica));
    }

    [Fact]
    public void What_came_back_while_the_node_was_down_lets_it_go_on()
    {
        Assert.False(Start().MayBelieveAbsences(_scene.Replica));
        foreach (var name in (string[])["a", "b", "c"])
            _directory.Write(name, "back");
        Assert.True(Start().MayBelieveAbsences(_scene.Replica));
        File.Delete(_directory["c"]);
        Assert.True(Start().MayBelieveAbsences(_scene.Replica));
    }

    [Fact]
    public void A_confirmation_counts_after_a_restart_too()
    {
        Assert.False(Start().MayBelieveAbsences(_scene.Replica));
        _directory.Write("a", "of a program that goes on");
        var guard = Start();
        Assert.False(guard.MayBelieveAbsences(_scene.Replica));
        guard.Confirm();
        Assert.True(guard.TryResume(_scene.Replica));
        Assert.True(Start().MayBelieveAbsences(_scene.Replica));
    }

    public void Dispose()
    {
        _files.Dispose();
        _directory.Dispose();
    }

    private RootGuard Start()
    {
        var own = _files.Stat(ReplicaLayout.Own)!.Value;
        return new RootGuard(_files, new ReplicaIdentity(new NodeId(1), 1, "machine", own.Device, own.Inode));
    }
}
