using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Messages.Tree;
using static Actors.Client.Tests.Disk.ApplyScene;

namespace Actors.Client.Tests.Disk;

/// <summary>Each test is a crash between two steps of an apply.</summary>
public sealed class RecoveryTests
{
    private static readonly RelativePath Copy = P("a (copy)");

    private static Intent Replacing(bool isCopyOwed = false) =>
        new(7, File("a", "new"), EntryState.File(C(isCopyOwed ? "mine" : "old")), Copy, isCopyOwed);

    [Fact]
    public void Staged_but_not_placed_is_forgotten()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("a", "old");
        scene.Directory.Write(".actors/staging/7", "new");
        scene.StoreIntent(Replacing());
        scene.Recover();
        Assert.Equal("old", scene.Directory.Read("a"));
        Assert.Equal(["a"], scene.Names());
        Assert.Empty(scene.Store.ReadSynced());
    }

    [Fact]
    public void A_displaced_file_whose_record_a_crash_prevented_is_watched_until_its_writer_is_done()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("a", "new");
        scene.Directory.Write(".actors/displaced/7", "old, and more by its writer");
        scene.StoreIntent(Replacing());
        scene.Recover();
        Assert.Equal([P("a (copy)")], scene.Displaced.Check(Naming, _ => false));
        Assert.Equal("old, and more by its writer", scene.Directory.Read("a (copy)"));
        Assert.Empty(scene.Names(".actors/displaced"));
    }

    [Fact]
    public void A_displaced_file_of_another_user_that_a_crash_left_is_kept_aside_and_becomes_no_copy()
    {
        using var scene = new ApplyScene();
        scene.Faulty.HidesWriters = path => path.IsReserved;
        scene.Directory.Write("a", "new");
        scene.Directory.Write(".actors/staging/7", "old");
        scene.StoreIntent(Replacing());
        scene.Recover();
        Assert.Equal(["a"], scene.Names());
        Assert.Equal("old", scene.Directory.Read(".actors/displaced/7"));
        Assert.Single(scene.Store.ReadDisplaced());
    }

    [Fact]
    public void Placed_and_not_tidied_is_finished()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("a", "new");
        scene.Directory.Write(".actors/staging/7", "old");
        scene.StoreIntent(Replacing());
        scene.Recover();
        Assert.Equal(["a"], scene.Names());
        Assert.Equal([File("a", "new")], scene.Store.ReadSynced());
    }

    [Fact]
    public void What_was_placed_before_the_agreement_was_forgotten_is_finished_and_not_agreed_on()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("a", "new");
        scene.Directory.Write(".actors/staging/7", "old");
        scene.StoreIntent(Replacing());
        scene.Store.Commit(new ReplicaChanges { ForgetAgreement = true });
        scene.Recover();
        Assert.Equal("new", scene.Directory.Read("a"));
        Assert.Equal(["a"], scene.Names());
        Assert.Empty(scene.Store.ReadSynced());
    }

    [Fact]
    public void A_displaced_edit_is_kept()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("a", "new");
        scene.Directory.Write(".actors/staging/7", "mine");
        scene.StoreIntent(Replacing());
        scene.Recover();
        Assert.Equal("new", scene.Directory.Read("a"));
        Assert.Equal("mine", scene.Directory.Read(Copy.ToString()));
    }

    [Fact]
    public void A_displaced_file_that_may_not_be_read_is_kept()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("a", "new");
        scene.Directory.Write(".actors/staging/7", "nobody knows");
        scene.StoreIntent(Replacing());
        scene.Faulty.IsUnreadable = path => path == ReplicaLayout.Staged(7);
        scene.Recover();
        Assert.Equal("nobody knows", scene.Directory.Read(Copy.ToString()));
        Assert.Equal([File("a", "new")], scene.Store.ReadSynced());
    }

    [Fact]
    public void A_copy_that_was_owed_is_made()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("a", "new");
        scene.Directory.Write(".actors/staging/7", "mine");
        scene.StoreIntent(Replacing(isCopyOwed: true));
        scene.Recover();
        Assert.Equal("mine", scene.Directory.Read(Copy.ToString()));
        Assert.Equal([File("a", "new")], scene.Store.ReadSynced());
    }

    [Fact]
    public void A_copy_that_was_owed_is_not_made_before_anything_was_displaced()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("a", "mine");
        scene.Directory.Write(".actors/staging/7", "new");
        scene.StoreIntent(Replacing(isCopyOwed: true));
        scene.Recover();
        Assert.Equal("mine", scene.Directory.Read("a"));
        Assert.Equal(["a"], scene.Names());
    }

    [Fact]
    public void An_edit_made_on_top_of_a_placed_update_is_based_on_it()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("a", "newer");
        scene.Directory.Write(".actors/staging/7", "old");
        scene.StoreIntent(Replacing());
        scene.Recover();
        Assert.Equal("newer", scene.Directory.Read("a"));
        Assert.Equal([File("a", "new")], scene.Store.ReadSynced());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_displaced_and_cannot_be_read_tells_by_its_number_that_the_update_was_carried_out(bool isCarriedOut)
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("a", "old");
        var changes = new ReplicaChanges();
        changes.Seen[P("a")] = scene.Seen("a");
        scene.Store.Commit(changes);
        if (isCarriedOut)
        {
            System.IO.File.Move(scene.Directory["a"], scene.Directory[".actors/staging/7"]);
            scene.Directory.Write("a", "new");
        }
        else
        {
            scene.Directory.Write(".actors/staging/7", "new");
        }
        scene.Directory.Write("a", "newer");
        scene.StoreIntent(Replacing());
        scene.Faulty.Failing = (call, path) => call == "open" && path == ReplicaLayout.Staged(7) ? FileFault.Damaged : FileFault.None;
        scene.Recover();
        Assert.Equal("newer", scene.Directory.Read("a"));
        Assert.Equal(isCarriedOut ? [File("a", "new")] : [], scene.Store.ReadSynced());
    }

    [Fact]
    public void An_exchange_that_a_loss_of_power_took_back_was_not_carried_out_although_somebody_wrote_on_into_the_new_file()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("a", "old");
        var changes = new ReplicaChanges();
        changes.Seen[P("a")] = scene.Seen("a");
        scene.Store.Commit(changes);
        scene.Directory.Write(".actors/staging/7", "new and more");
        scene.StoreIntent(Replacing());
        scene.Recover();
        Assert.Equal("old", scene.Directory.Read("a"));
        Assert.Equal("new and more", scene.Directory.Read(Copy.ToString()));
        Assert.Empty(scene.Store.ReadSynced());
    }

    [Fact]
    public void An_update_that_was_undone_is_not_taken_for_carried_out_after_a_crash()
    {
        using var scene = new ApplyScene();
        // Seen as a directory a moment ago.
        scene.Directory.Write("a", "mine");
        scene.ApplyAndCrash(scene.Order(File("a", "new"), EntryState.Folder, "new"));
        scene.Recover();
        Assert.Equal("mine", scene.Directory.Read("a"));
        Assert.Equal(["a"], scene.Names());
        Assert.Empty(scene.Store.ReadSynced());
    }

    [Theory]
    [InlineData(NewNames.ByExchange)]
    [InlineData(NewNames.ByReplacing)]
    [InlineData(NewNames.ByRenaming)]
    public void A_save_made_on_top_of_an_update_that_was_tidied_already_is_based_on_it(NewNames names)
    {
        using var scene = new ApplyScene(names);
        scene.Directory.Write("a", "newer");
        scene.StoreIntent(Replacing());
        scene.Recover();
        Assert.Equal("newer", scene.Directory.Read("a"));
        Assert.Equal(["a"], scene.Names());
        Assert.Equal([File("a", "new")], scene.Store.ReadSynced());
    }

    // By a user, or by a loss of power that kept the one half of a change of names: the node cannot tell, and nothing may be lost.
    [Fact]
    public void An_update_that_is_nowhere_any_more_is_not_taken_for_carried_out()
    {
        using var scene = new ApplyScene();
        scene.StoreIntent(Replacing());
        scene.Recover();
        Assert.Empty(scene.Store.ReadSynced());
    }

    [Fact]
    public void An_update_that_was_not_carried_out_is_not_taken_for_it_where_its_end_cannot_be_stored_at_first()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("a", "mine");
        scene.Directory.Write(".actors/staging/7", "new");
        scene.StoreIntent(Replacing());
        Assert.Throws<ReplicaStoreException>(scene.RecoverOnFullDisk);
        scene.Recover();
        Assert.Equal("mine", scene.Directory.Read("a"));
        Assert.Empty(scene.Store.ReadSynced());
    }

    [Fact]
    public void An_update_that_met_an_edit_is_not_taken_for_carried_out_after_a_crash()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("a", "old");
        var order = scene.Order(File("a", "new"), EntryState.File(C("old")), "new");
        scene.Directory.Write("a", "mine");
        scene.ApplyAndCrash(order);
        scene.Recover();
        Assert.Equal("mine", scene.Directory.Read("a"));
        Assert.Empty(scene.Store.ReadSynced());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_that_was_made_again_after_its_removal_with_equal_bytes_is_no_leftover(bool isMadeAgain)
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("a", "old");
        var changes = new ReplicaChanges();
        changes.Synced[P("a")] = File("a", "old", 1);
        changes.Seen[P("a")] = scene.Seen("a");
        scene.Store.Commit(changes);
        scene.StoreIntent(new Intent(7, Absent("a"), EntryState.File(C("old")), Copy, IsCopyOwed: false));
        if (isMadeAgain)
        {
            System.IO.File.Delete(scene.Directory["a"]);
            scene.Directory.Write("b", "takes the inode");
            scene.Directory.Write("a", "old");
        }
        scene.Recover();
        Assert.Equal(isMadeAgain ? 0 : 1, scene.Store.ReadSynced().Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_lost_its_name_and_was_not_replaced_yet_has_it_back_where_names_are_not_exchanged(bool isNewContentThere)
    {
        using var scene = new ApplyScene(NewNames.ByRenaming);
        scene.Directory.Write(".actors/staging/7", "old");
        if (isNewContentThere)
            scene.Directory.Write(".actors/staging/7-new", "new");
        scene.StoreIntent(Replacing());
        scene.Recover();
        Assert.Equal("old", scene.Directory.Read("a"));
        Assert.Equal(["a"], scene.Names());
        Assert.Empty(scene.Store.ReadSynced());
    }

    [Fact]
    public void Who_took_the_name_between_two_steps_has_not_seen_the_update()
    {
        using var scene = new ApplyScene(NewNames.ByRenaming);
        scene.Directory.Write("a", "mine");
        scene.Directory.Write(".actors/staging/7", "old");
        scene.Directory.Write(".actors/staging/7-new", "new");
        scene.StoreIntent(Replacing());
        scene.Recover();
        Assert.Equal("mine", scene.Directory.Read("a"));
        Assert.Equal(["a"], scene.Names());
        Assert.Empty(scene.Store.ReadSynced());
    }

    [Fact]
    public void A_file_that_was_to_make_way_for_a_directory_has_its_name_back()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write(".actors/staging/7", "old");
        scene.StoreIntent(new Intent(7, Folder("a"), EntryState.File(C("old")), Copy, IsCopyOwed: false));
        scene.Recover();
        Assert.Equal("old", scene.Directory.Read("a"));
        Assert.Empty(scene.Store.ReadSynced());
    }

    [Fact]
    public void A_removal_that_took_an_edit_away_gives_it_back()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write(".actors/staging/7", "mine");
        scene.StoreIntent(new Intent(7, Absent("a"), EntryState.File(C("old")), Copy, IsCopyOwed: false));
        scene.Recover();
        Assert.Equal("mine", scene.Directory.Read("a"));
    }

    [Fact]
    public void A_removal_is_finished()
    {
        using var scene = new ApplyScene();
        var changes = new ReplicaChanges();
        changes.Synced[P("a")] = File("a", "old", 1);
        scene.Store.Commit(changes);
        scene.Directory.Write(".actors/staging/7", "old");
        scene.StoreIntent(new Intent(7, Absent("a"), EntryState.File(C("old")), Copy, IsCopyOwed: false));
        scene.Recover();
        Assert.Empty(scene.Names());
        Assert.Empty(scene.Store.ReadSynced());
    }

    [Fact]
    public void A_displaced_directory_that_is_not_empty_is_kept()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("a", "new");
        scene.Directory.Write(".actors/staging/7/inner", "mine");
        scene.StoreIntent(new Intent(7, File("a", "new"), EntryState.Folder, Copy, IsCopyOwed: false));
        scene.Recover();
        Assert.Equal("mine", scene.Directory.Read($"{Copy}/inner"));
    }

    [Fact]
    public void What_was_staged_for_nothing_is_removed_and_what_was_being_fetched_is_kept()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write(".actors/staging/9", "staged");
        scene.Directory.Write(".actors/staging/8/inside", "of a directory whose removal a loss of power has undone");
        scene.Directory.Write(".actors/staging/part-00", "some");
        var disk = new Client.Disk.ReplicaDisk(scene.Files, scene.Files.Probe(ReplicaLayout.Staging), scene.Store);
        new Client.Disk.Recovery(disk, Naming).Run();
        Assert.Equal(["part-00"], scene.Names(".actors/staging"));
    }
}
