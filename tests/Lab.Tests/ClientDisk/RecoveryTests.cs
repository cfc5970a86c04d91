using Actors.Messages.Tree;
using static Actors.Lab.Tests.ClientDisk.ApplyScene;

namespace Actors.Lab.Tests.ClientDisk;

/// <summary>
/// A process ends with names changed that are not durable; the next one recovers, and loses power afterwards. What its
/// state says must be so then.
/// </summary>
public sealed class RecoveryTests
{
    public static TheoryData<ulong> Seeds { get; } = [.. Enumerable.Range(1, 12).Select(seed => (ulong)seed)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void An_update_that_recovery_finds_carried_out_is_there_after_a_loss_of_power(ulong seed)
    {
        var scene = new ApplyScene(seed);
        scene.Write("dir/a", "old").Dispose();
        scene.ApplyAndEnd("dir/a", Text("new"), Text("old"), "new");
        Assert.Equal(2UL, Assert.Single(scene.Store.ReadSynced()).Version);
        scene.LosePower();
        Assert.Equal("new", scene.Read("dir/a"));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_deletion_that_recovery_finds_carried_out_is_not_undone_by_a_loss_of_power(ulong seed)
    {
        var scene = new ApplyScene(seed);
        scene.Write("dir/a", "old").Dispose();
        scene.ApplyAndEnd("dir/a", EntryState.Absent, Text("old"), null);
        scene.LosePower();
        Assert.Null(scene.Read("dir/a"));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_displaced_edit_that_was_kept_before_the_end_has_its_name_after_a_loss_of_power(ulong seed)
    {
        var scene = new ApplyScene(seed);
        scene.Write("dir/a", "mine").Dispose();
        scene.ApplyAndEnd("dir/a", Text("new"), Text("old"), "new");
        scene.LosePower();
        Assert.Equal("mine", scene.Read(Naming.Name(P("dir/a"), 0).ToString()));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_a_writer_left_in_a_displaced_file_has_its_name_after_a_loss_of_power(ulong seed)
    {
        var scene = new ApplyScene(seed);
        using (var writer = scene.Write("dir/a", "old"))
        {
            scene.ApplyAndEnd("dir/a", Text("new"), Text("old"), "new");
            writer.Append(" and more"u8);
            writer.Sync();
        }
        scene.CheckDisplacedAndEnd();
        scene.CheckDisplaced();
        scene.LosePower();
        Assert.Equal("old and more", scene.Read(Naming.Name(P("dir/a"), 0).ToString()));
    }

    [Fact]
    public void What_was_carried_out_before_the_disk_failed_is_not_forgotten_by_what_is_stored_afterwards()
    {
        var scene = new ApplyScene(1);
        scene.Agree("dir", EntryState.Folder);
        scene.Write("a", "old").Dispose();
        scene.Agree("a", Text("old"));
        scene.RemoveFolderThenFailAtFile("dir", "a", Text("old"));
        Assert.Equal(P("a"), Assert.Single(scene.Store.ReadSynced()).Path);
    }
}
