using Actors.Client.Cache;
using Actors.Lab.World.Disks;
using Actors.Messages.Tree;
using static Actors.Lab.Tests.ClientDisk.ApplyScene;

namespace Actors.Lab.Tests.ClientDisk;

/// <summary>A user comes between two calls of an update.</summary>
public sealed class PlacerTests
{
    [Fact]
    public void What_was_opened_while_it_had_its_name_for_a_moment_is_kept()
    {
        var scene = new ApplyScene(1);
        scene.Write("dir/inside", "mine").Dispose();
        Descriptor? writer = null;
        var outcome = scene.ApplyAndMeanwhile(
            "dir", Text("new"), EntryState.Folder, "new", DiskOperation.RemoveDirectory, () => writer = scene.Write("dir", ""));
        Assert.IsType<ApplyOutcome.Surprised>(outcome);
        writer!.Append("an edit"u8);
        writer.Dispose();
        Assert.Equal("mine", scene.Read("dir/inside"));
        Assert.Equal("an edit", scene.Read(Naming.Name(P("dir"), 0).ToString()));
    }

    [Fact]
    public void What_was_not_opened_while_it_had_its_name_for_a_moment_goes()
    {
        var scene = new ApplyScene(1);
        scene.Write("dir/inside", "mine").Dispose();
        var outcome = scene.ApplyAndMeanwhile("dir", Text("new"), EntryState.Folder, "new", DiskOperation.RemoveDirectory, () => { });
        Assert.IsType<ApplyOutcome.Surprised>(outcome);
        Assert.Equal([".actors", "dir"], scene.Names());
    }
}
