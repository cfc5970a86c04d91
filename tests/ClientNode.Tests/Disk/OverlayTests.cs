using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Messages.Tree;
using static Actors.Client.Tests.Disk.ApplyScene;

namespace Actors.Client.Tests.Disk;

/// <summary>An overlay, on which a directory of the layer below cannot be renamed, as if the other name were elsewhere.</summary>
public sealed class OverlayTests : IDisposable
{
    private readonly ApplyScene _scene = new();

    public OverlayTests() => _scene.Faulty.Failing = (call, path) =>
        call == "rename" && Directory.Exists(_scene.Directory[path.ToString()]) ? FileFault.CrossDevice : FileFault.None;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void A_directory_becomes_a_file()
    {
        Directory.CreateDirectory(_scene.Directory["a"]);
        Assert.IsType<ApplyOutcome.Done>(_scene.Apply(_scene.Order(File("a", "new"), EntryState.Folder, "new")));
        Assert.Equal("new", _scene.Directory.Read("a"));
        Assert.Empty(_scene.Names(".actors/staging"));
    }

    [Fact]
    public void A_directory_into_which_something_came_meanwhile_stays_with_it()
    {
        _scene.Directory.Write("a/mine", "mine");
        Assert.IsType<ApplyOutcome.Surprised>(_scene.Apply(_scene.Order(File("a", "new"), EntryState.Folder, "new")));
        Assert.Equal("mine", _scene.Directory.Read("a/mine"));
        Assert.Empty(_scene.Names(".actors/staging"));
    }

    [Fact]
    public void After_a_crash_between_the_directory_and_the_file_the_update_is_not_taken_for_carried_out_and_nothing_is_lost()
    {
        Directory.CreateDirectory(_scene.Directory["a"]);
        var order = _scene.Order(File("a", "new"), EntryState.Folder, "new");
        var directoryIsThere = _scene.Faulty.Failing;
        _scene.Faulty.Failing = (call, path) =>
            call == "rename" && path.ToString() == "a" && !Directory.Exists(_scene.Directory["a"]) ? throw new CrashException() : directoryIsThere(call, path);
        Assert.Throws<CrashException>(() => _scene.ApplyAndCrash(order));
        _scene.Faulty.Failing = directoryIsThere;
        _scene.Recover();
        Assert.Empty(_scene.Store.ReadSynced());
        Assert.Empty(_scene.Names());
    }

    private sealed class CrashException : Exception;
}
