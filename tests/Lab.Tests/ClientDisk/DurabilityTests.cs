using Actors.Lab.World.Disks;
using Actors.Messages.Tree;
using static Actors.Lab.Tests.ClientDisk.ApplyScene;

namespace Actors.Lab.Tests.ClientDisk;

/// <summary>What is agreed on is durable, in directories too that a user has just made.</summary>
public sealed class DurabilityTests
{
    public static TheoryData<ulong> Seeds { get; } = [.. Enumerable.Range(1, 12).Select(seed => (ulong)seed)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void An_update_in_new_directories_is_there_after_a_loss_of_power(ulong seed)
    {
        var scene = new ApplyScene(seed);
        scene.MakeDirectory("new");
        scene.MakeDirectory("new/inner");
        scene.Apply("new/inner/a", Text("text"), EntryState.Absent, "text");
        scene.LosePower();
        Assert.Equal("text", scene.Read("new/inner/a"));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void An_update_over_which_a_file_system_was_mounted_before_it_was_flushed_is_there_after_a_loss_of_power(ulong seed)
    {
        var scene = new ApplyScene(seed);
        scene.ApplyAndMount("dir/a", Text("text"), EntryState.Absent, "text", "dir");
        scene.LosePower();
        Assert.Equal("text", scene.Read("dir/a"));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void An_update_whose_directory_was_moved_behind_a_link_before_it_was_flushed_is_there_after_a_loss_of_power(ulong seed)
    {
        var scene = new ApplyScene(seed);
        scene.ApplyAndLink("dir/a", Text("text"), EntryState.Absent, "text", "dir");
        scene.LosePower();
        Assert.Equal("text", scene.Read("moved/a"));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_push_from_new_directories_is_there_after_a_loss_of_power(ulong seed)
    {
        var scene = new ApplyScene(seed);
        scene.MakeDirectory("new");
        scene.MakeDirectory("new/inner");
        scene.Write("new/inner/a", "text", isSynced: false).Dispose();
        scene.LoadPush("new/inner/a", Text("text"));
        scene.LosePower();
        Assert.Equal("text", scene.Read("new/inner/a"));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_displaced_file_that_was_closed_and_removed_does_not_come_back_after_a_loss_of_power(ulong seed)
    {
        var scene = new ApplyScene(seed);
        scene.Agree("dir/a", Text("old"));
        using (scene.Write("dir/a", "old"))
            scene.Apply("dir/a", Text("new"), Text("old"), "new");
        Assert.Equal(1, scene.DisplacedFiles);
        scene.CheckDisplaced();
        scene.LosePower();
        Assert.Equal(0, scene.DisplacedFiles);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_directory_that_could_not_make_way_for_a_file_is_there_after_a_loss_of_power(ulong seed)
    {
        var scene = new ApplyScene(seed);
        scene.Write("dir/inside", "mine").Dispose();
        scene.ApplyAndMeanwhile("dir", Text("new"), EntryState.Folder, "new", DiskOperation.RemoveDirectory, () => { });
        scene.LosePower();
        Assert.Equal("mine", scene.Read("dir/inside"));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_a_user_had_made_and_is_agreed_on_is_there_after_a_loss_of_power(ulong seed)
    {
        var scene = new ApplyScene(seed);
        scene.Write("dir/a", "same", isSynced: false).Dispose();
        scene.Adopt("dir/a", Text("same"));
        scene.LosePower();
        Assert.Equal("same", scene.Read("dir/a"));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Content_that_had_no_name_when_its_push_was_made_ready_is_durable_before_it_is_given_away(ulong seed)
    {
        var scene = new ApplyScene(seed);
        scene.MakeDirectory("new");
        scene.Write("new/a", "text", isSynced: false).Dispose();
        scene.Rename("new/a", "new/b");
        var push = scene.LoadPush("new/a", Text("text"));
        scene.Rename("new/b", "new/a");
        Assert.Equal("text", scene.Offer(push, "new/a"));
        scene.LosePower();
        Assert.Equal("text", scene.Read("new/a"));
    }
}
