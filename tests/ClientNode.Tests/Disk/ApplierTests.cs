using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Messages.Tree;
using static Actors.Client.Tests.Disk.ApplyScene;

namespace Actors.Client.Tests.Disk;

public sealed class ApplierTests
{
    private const string Copy = "notes (conflict of Client 2, 2026-11-22 07.21.00, 00000000-1).txt";

    [Theory]
    [InlineData(NewNames.ByExchange)]
    [InlineData(NewNames.ByReplacing)]
    [InlineData(NewNames.ByRenaming)]
    public void A_new_file_appears_whole(NewNames names)
    {
        using var scene = new ApplyScene(names);
        var outcome = scene.Apply(scene.Order(File("notes.txt", "new"), EntryState.Absent, "new"));
        var done = Assert.IsType<ApplyOutcome.Done>(outcome);
        Assert.Equal(scene.Seen("notes.txt")!.Value.Signature, done.Seen!.Value.Signature);
        Assert.Equal("new", scene.Directory.Read("notes.txt"));
        Assert.Empty(scene.Names(".actors/staging"));
        Assert.Empty(scene.Store.ReadIntents());
    }

    [Fact]
    public void A_name_that_somebody_took_meanwhile_is_left_alone()
    {
        using var scene = new ApplyScene();
        var order = scene.Order(File("notes.txt", "new"), EntryState.Absent, "new");
        scene.Directory.Write("notes.txt", "mine");
        Assert.IsType<ApplyOutcome.Surprised>(scene.Apply(order));
        Assert.Equal("mine", scene.Directory.Read("notes.txt"));
        Assert.Equal(["notes.txt"], scene.Names());
        Assert.Empty(scene.Names(".actors/staging"));
    }

    [Theory]
    [InlineData(NewNames.ByExchange)]
    [InlineData(NewNames.ByReplacing)]
    [InlineData(NewNames.ByRenaming)]
    public void An_update_replaces_a_file_and_keeps_its_mode(NewNames names)
    {
        using var scene = new ApplyScene(names);
        scene.Directory.Write("run.sh", "old");
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        System.IO.File.SetUnixFileMode(scene.Directory["run.sh"], mode);
        Assert.IsType<ApplyOutcome.Done>(scene.Apply(scene.Order(File("run.sh", "new"), EntryState.File(C("old")), "new")));
        Assert.Equal("new", scene.Directory.Read("run.sh"));
        Assert.Equal(mode, System.IO.File.GetUnixFileMode(scene.Directory["run.sh"]));
        Assert.Equal(["run.sh"], scene.Names());
        Assert.Empty(scene.Names(".actors/staging"));
    }

    [Fact]
    public void A_file_that_was_edited_since_it_was_seen_is_left_alone()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("notes.txt", "old");
        var order = scene.Order(File("notes.txt", "new"), EntryState.File(C("old")), "new");
        scene.Directory.Write("notes.txt", "mine");
        Assert.IsType<ApplyOutcome.Surprised>(scene.Apply(order));
        Assert.Equal("mine", scene.Directory.Read("notes.txt"));
        Assert.Empty(scene.Names(".actors/staging"));
    }

    [Theory]
    [InlineData(NewNames.ByExchange)]
    [InlineData(NewNames.ByReplacing)]
    [InlineData(NewNames.ByRenaming)]
    public void A_displaced_local_edit_is_kept_beside_the_update(NewNames names)
    {
        using var scene = new ApplyScene(names);
        scene.Directory.Write("notes.txt", "mine");
        // Written within one tick of the file system's clock: the signature cannot tell.
        var order = scene.Order(File("notes.txt", "new"), EntryState.File(C("old")), "new");
        var done = Assert.IsType<ApplyOutcome.Done>(scene.Apply(order));
        Assert.Equal("new", scene.Directory.Read("notes.txt"));
        Assert.Equal("mine", scene.Directory.Read(done.CopyMade!.Value.ToString()));
        Assert.Equal(2, scene.Names().Length);
    }

    [Fact]
    public void An_edit_that_lost_becomes_a_conflict_copy_although_it_is_what_was_expected()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("notes.txt", "mine");
        var order = scene.Order(File("notes.txt", "new"), EntryState.File(C("mine")), "new", isCopyOwed: true);
        var done = Assert.IsType<ApplyOutcome.Done>(scene.Apply(order));
        Assert.Equal("mine", scene.Directory.Read(done.CopyMade!.Value.ToString()));
        Assert.Equal("new", scene.Directory.Read("notes.txt"));
    }

    [Fact]
    public void A_copy_whose_name_is_taken_by_the_same_content_is_made_already()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("notes.txt", "mine");
        var order = scene.Order(File("notes.txt", "new"), EntryState.File(C("mine")), "new", isCopyOwed: true);
        scene.Directory.Write(order.CopyName.ToString(), "mine");
        var done = Assert.IsType<ApplyOutcome.Done>(scene.Apply(order));
        Assert.Equal(order.CopyName, done.CopyMade);
        Assert.Equal(2, scene.Names().Length);
    }

    [Fact]
    public void A_copy_whose_name_is_taken_by_other_content_gets_another_one()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("notes.txt", "mine");
        var order = scene.Order(File("notes.txt", "new"), EntryState.File(C("mine")), "new", isCopyOwed: true);
        scene.Directory.Write(order.CopyName.ToString(), "something else");
        var done = Assert.IsType<ApplyOutcome.Done>(scene.Apply(order));
        Assert.NotEqual(order.CopyName, done.CopyMade);
        Assert.Equal("something else", scene.Directory.Read(order.CopyName.ToString()));
        Assert.Equal("mine", scene.Directory.Read(done.CopyMade!.Value.ToString()));
    }

    [Fact]
    public void A_deletion_removes_what_was_agreed_on()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("notes.txt", "old");
        Assert.IsType<ApplyOutcome.Done>(scene.Apply(scene.Order(Absent("notes.txt"), EntryState.File(C("old")))));
        Assert.Empty(scene.Names());
        Assert.Empty(scene.Names(".actors/staging"));
    }

    [Fact]
    public void An_edit_survives_a_deletion()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("notes.txt", "mine");
        Assert.IsType<ApplyOutcome.Surprised>(scene.Apply(scene.Order(Absent("notes.txt"), EntryState.File(C("old")))));
        Assert.Equal("mine", scene.Directory.Read("notes.txt"));
        Assert.Equal(["notes.txt"], scene.Names());
    }

    [Fact]
    public void A_directory_that_something_came_into_is_not_removed()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("dir/new", "mine");
        Assert.IsType<ApplyOutcome.Surprised>(scene.Apply(scene.Order(Absent("dir"), EntryState.Folder)));
        Assert.Equal("mine", scene.Directory.Read("dir/new"));
    }

    [Theory]
    [InlineData(NewNames.ByExchange)]
    [InlineData(NewNames.ByReplacing)]
    [InlineData(NewNames.ByRenaming)]
    public void A_file_takes_the_place_of_an_empty_directory(NewNames names)
    {
        using var scene = new ApplyScene(names);
        System.IO.Directory.CreateDirectory(scene.Directory["x"]);
        Assert.IsType<ApplyOutcome.Done>(scene.Apply(scene.Order(File("x", "new"), EntryState.Folder, "new")));
        Assert.Equal("new", scene.Directory.Read("x"));
        Assert.Empty(scene.Names(".actors/staging"));
    }

    [Theory]
    [InlineData(NewNames.ByExchange)]
    [InlineData(NewNames.ByReplacing)]
    [InlineData(NewNames.ByRenaming)]
    public void A_file_does_not_take_the_place_of_a_directory_that_is_in_use(NewNames names)
    {
        using var scene = new ApplyScene(names);
        scene.Directory.Write("x/inner", "mine");
        Assert.IsType<ApplyOutcome.Surprised>(scene.Apply(scene.Order(File("x", "new"), EntryState.Folder, "new")));
        Assert.Equal("mine", scene.Directory.Read("x/inner"));
        Assert.Empty(scene.Names(".actors/staging"));
    }

    [Fact]
    public void A_directory_takes_the_place_of_a_file_and_an_edit_of_it_is_kept()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("notes.txt", "mine");
        var done = Assert.IsType<ApplyOutcome.Done>(scene.Apply(scene.Order(Folder("notes.txt"), EntryState.File(C("old")))));
        Assert.True(System.IO.Directory.Exists(scene.Directory["notes.txt"]));
        Assert.Equal("mine", scene.Directory.Read(done.CopyMade!.Value.ToString()));
    }

    [Fact]
    public void A_displaced_file_that_is_being_written_is_watched_until_it_is_closed()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("notes.txt", "old");
        using (var writer = new FileStream(scene.Directory["notes.txt"], FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            Assert.IsType<ApplyOutcome.Done>(scene.Apply(scene.Order(File("notes.txt", "new"), EntryState.File(C("old")), "new")));
            Assert.Single(scene.Store.ReadDisplaced());
            // It may be large, and is looked at every second.
            var reads = scene.Faulty.Reads;
            Assert.Empty(scene.Displaced.Check(Naming, _ => false));
            Assert.Equal(reads, scene.Faulty.Reads);
            writer.Seek(0, SeekOrigin.End);
            writer.Write(" and more"u8);
        }
        var kept = Assert.Single(scene.Displaced.Check(Naming, _ => false));
        Assert.Equal("old and more", scene.Directory.Read(kept.ToString()));
        Assert.Equal("new", scene.Directory.Read("notes.txt"));
        Assert.Empty(scene.Names(".actors/displaced"));
    }

    [Fact]
    public void What_is_written_into_a_displaced_file_of_another_user_becomes_a_copy_when_it_has_settled()
    {
        using var scene = new ApplyScene();
        scene.Faulty.HidesWriters = path => path.IsReserved;
        scene.Directory.Write("notes.txt", "old");
        using (var writer = new FileStream(scene.Directory["notes.txt"], FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            Assert.IsType<ApplyOutcome.Done>(scene.Apply(scene.Order(File("notes.txt", "new"), EntryState.File(C("old")), "new")));
            Assert.Empty(scene.Displaced.Check(Naming, _ => false));
            scene.Clock.Advance(TimeSpan.FromMinutes(9));
            Assert.Empty(scene.Displaced.Check(Naming, _ => false));
            writer.Seek(0, SeekOrigin.End);
            writer.Write(" and more"u8);
            writer.Flush();
            Assert.Empty(scene.Displaced.Check(Naming, _ => false));
            // As it was at the last look: only its signature was looked at.
            var reads = scene.Faulty.Reads;
            Assert.Empty(scene.Displaced.Check(Naming, _ => false));
            Assert.Equal(reads, scene.Faulty.Reads);
            scene.Clock.Advance(TimeSpan.FromSeconds(1));
            var kept = Assert.Single(scene.Displaced.Check(Naming, _ => false));
            Assert.Equal("old and more", scene.Directory.Read(kept.ToString()));
        }
        Assert.Equal("new", scene.Directory.Read("notes.txt"));
        Assert.Empty(scene.Names(".actors/displaced"));
    }

    [Theory]
    [InlineData("old")]
    [InlineData("new")]
    public void A_displaced_file_of_another_user_is_kept_for_long_and_let_go_if_it_stays_as_it_was(string text)
    {
        using var scene = new ApplyScene();
        scene.Faulty.HidesWriters = path => path.IsReserved;
        scene.Directory.Write("notes.txt", text);
        Assert.IsType<ApplyOutcome.Done>(scene.Apply(scene.Order(File("notes.txt", "new"), EntryState.File(C("old")), "new")));
        Assert.Empty(scene.Displaced.Check(Naming, _ => false));
        scene.Clock.Advance(TimeSpan.FromMinutes(9.9));
        Assert.Empty(scene.Displaced.Check(Naming, _ => false));
        Assert.Single(scene.Names(".actors/displaced"));
        scene.Clock.Advance(TimeSpan.FromMinutes(0.1));
        Assert.Empty(scene.Displaced.Check(Naming, _ => false));
        Assert.Empty(scene.Names(".actors/displaced"));
        Assert.Equal(["notes.txt"], scene.Names());
    }

    [Fact]
    public void What_was_written_to_a_deleted_file_of_another_user_has_its_name_back()
    {
        using var scene = new ApplyScene();
        scene.Faulty.HidesWriters = path => path.IsReserved;
        scene.Directory.Write("notes.txt", "old");
        using var writer = new FileStream(scene.Directory["notes.txt"], FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        Assert.IsType<ApplyOutcome.Done>(scene.Apply(scene.Order(Absent("notes.txt"), EntryState.File(C("old")))));
        writer.Write("log"u8);
        writer.Flush();
        // Written before the first look.
        Assert.Empty(scene.Displaced.Check(Naming, _ => false));
        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(P("notes.txt"), Assert.Single(scene.Displaced.Check(Naming, _ => false)));
        Assert.Equal("log", scene.Directory.Read("notes.txt"));
    }

    [Fact]
    public void What_was_written_to_a_deleted_file_is_no_edit_of_a_newer_one_of_that_name()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("notes.txt", "old");
        using (var writer = new FileStream(scene.Directory["notes.txt"], FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            Assert.IsType<ApplyOutcome.Done>(scene.Apply(scene.Order(Absent("notes.txt"), EntryState.File(C("old")))));
            writer.Write("log"u8);
        }
        // A newer one was synced, and the user has deleted it just now.
        var kept = Assert.Single(scene.Displaced.Check(Naming, path => path == P("notes.txt")));
        Assert.Equal(Copy, kept.ToString());
        Assert.Equal([Copy], scene.Names());
    }

    [Fact]
    public void A_displaced_file_that_was_only_held_open_is_let_go()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("notes.txt", "old");
        using (System.IO.File.Open(scene.Directory["notes.txt"], FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
            Assert.IsType<ApplyOutcome.Done>(scene.Apply(scene.Order(Absent("notes.txt"), EntryState.File(C("old")))));
        Assert.Empty(scene.Displaced.Check(Naming, _ => false));
        Assert.Empty(scene.Names(".actors/displaced"));
        Assert.Empty(scene.Names());
    }

    [Fact]
    public void A_displaced_file_that_is_being_written_and_cannot_be_put_aside_is_kept_beside_the_update()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("notes.txt", "old");
        System.IO.Directory.Delete(scene.Directory[ReplicaLayout.Displaced.ToString()]);
        using (var writer = new FileStream(scene.Directory["notes.txt"], FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            var done = Assert.IsType<ApplyOutcome.Done>(scene.Apply(scene.Order(File("notes.txt", "new"), EntryState.File(C("old")), "new")));
            Assert.Equal(Copy, done.CopyMade?.ToString());
            writer.Seek(0, SeekOrigin.End);
            writer.Write(" and more"u8);
        }
        Assert.Equal("old and more", scene.Directory.Read(Copy));
        Assert.Equal("new", scene.Directory.Read("notes.txt"));
    }

    [Fact]
    public void A_deleted_file_that_is_being_written_and_cannot_be_put_aside_has_its_name_back()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("notes.txt", "old");
        System.IO.Directory.Delete(scene.Directory[ReplicaLayout.Displaced.ToString()]);
        using var writer = new FileStream(scene.Directory["notes.txt"], FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        Assert.IsType<ApplyOutcome.Surprised>(scene.Apply(scene.Order(Absent("notes.txt"), EntryState.File(C("old")))));
        Assert.Equal(["notes.txt"], scene.Names());
    }

    [Fact]
    public void A_displaced_file_that_may_not_be_read_any_more_is_kept_beside_the_update()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("notes.txt", "old");
        scene.Faulty.IsUnreadable = path => path.IsReserved;
        var done = Assert.IsType<ApplyOutcome.Done>(scene.Apply(scene.Order(File("notes.txt", "new"), EntryState.File(C("old")), "new")));
        Assert.Equal("old", scene.Directory.Read(done.CopyMade!.Value.ToString()));
        Assert.Equal("new", scene.Directory.Read("notes.txt"));
    }

    [Fact]
    public void A_watched_displaced_file_that_may_not_be_read_any_more_is_kept()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("notes.txt", "old");
        using (System.IO.File.Open(scene.Directory["notes.txt"], FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
            Assert.IsType<ApplyOutcome.Done>(scene.Apply(scene.Order(File("notes.txt", "new"), EntryState.File(C("old")), "new")));
        scene.Faulty.IsUnreadable = path => path.IsReserved;
        Assert.Equal("old", scene.Directory.Read(Assert.Single(scene.Displaced.Check(Naming, _ => false)).ToString()));
        Assert.Empty(scene.Names(".actors/displaced"));
    }

    [Fact]
    public void A_name_that_the_disk_will_not_have_is_refused_with_the_reason()
    {
        using var scene = new ApplyScene();
        System.IO.File.CreateSymbolicLink(scene.Directory["link"], "/tmp");
        var outcome = scene.Apply(scene.Order(File("link/notes.txt", "new"), EntryState.Absent, "new"));
        Assert.IsType<ApplyOutcome.Surprised>(outcome);
        Assert.False(System.IO.File.Exists("/tmp/notes.txt"));
    }

    [Fact]
    public void The_name_of_a_copy_says_who_lost_and_when() => Assert.Equal(Copy, Naming.Name(P("notes.txt"), 0).ToString());

    [Fact]
    public void Where_an_update_finds_no_room_nothing_is_stored_without_what_was_to_be_stored_with_it()
    {
        using var scene = new ApplyScene();
        scene.ApplyAndCrash(scene.Order(File("a", "new"), EntryState.Absent, "new"));
        scene.Faulty.Writing = FileFault.NoSpace;
        Assert.Throws<FileFaultException>(() => scene.ApplyAndCrash(scene.Order(File("b", "new"), EntryState.Absent, "new")));
        Assert.True(scene.IsBroken);
    }

    [Fact]
    public void A_file_that_was_removed_and_comes_back_has_the_mode_that_it_had()
    {
        using var scene = new ApplyScene();
        scene.Directory.Write("run.sh", "script");
        System.IO.File.SetUnixFileMode(scene.Directory["run.sh"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.IsType<ApplyOutcome.Done>(scene.Apply(scene.Order(Absent("run.sh"), EntryState.File(C("script")))));
        Assert.IsType<ApplyOutcome.Done>(scene.Apply(scene.Order(File("run.sh", "script", 3), EntryState.Absent, "script")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(scene.Directory["run.sh"]));
    }
}
