using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Messages;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using static Actors.Client.Tests.Cache.ReplicaScene;

namespace Actors.Client.Tests.Cache;

/// <summary>First joins, resumed ones, other epochs and other identities: nothing is ever deleted by one.</summary>
public sealed class JoiningTests
{
    [Fact]
    public void A_first_join_adopts_equal_files_copies_different_ones_pushes_local_ones_and_deletes_nothing()
    {
        var scene = new ReplicaScene(isScanned: false);
        scene.Save("equal", "same");
        scene.Save("different", "mine");
        scene.Save("local", "only here");
        scene.Do(replica => replica.FinishScan());
        scene.JoinAt(3, File("equal", "same", 1, inline: false), File("different", "theirs", 2), File("remote", "only there", 3));
        Assert.Equal("same", scene.Text("equal"));
        Assert.Equal("theirs", scene.Text("different"));
        Assert.Equal("only here", scene.Text("local"));
        Assert.Equal("only there", scene.Text("remote"));
        var copy = Assert.Single(scene.Names, name => name.Contains("conflict"));
        Assert.Equal("mine", scene.Text(copy));
        var pushed = scene.Pushes().SelectMany(push => push.Changes).ToList();
        Assert.Equal([copy, "local"], pushed.Select(change => change.Path.ToString()).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(pushed, change => change.To.IsAbsent);
    }

    [Fact]
    public void What_the_disk_had_already_has_to_be_durable_before_it_is_agreed_on_and_what_was_applied_or_pushed_is()
    {
        var scene = new ReplicaScene(isScanned: false);
        scene.Save("equal", "same");
        scene.Save("local", "only here");
        scene.Do(replica => replica.FinishScan());
        scene.JoinAt(2, File("equal", "same", 1, inline: false), File("remote", "only there", 2));
        var push = Assert.Single(scene.Pushes());
        scene.Accept(push.Counter, 3, 3);
        Assert.Equal([P("equal")], scene.Replica.Output.TakeAdopted());
        Assert.Empty(scene.Replica.Output.TakeAdopted());
    }

    [Fact]
    public void What_was_not_agreed_on_when_the_node_ended_is_read_again_and_what_was_is_not()
    {
        var before = new ReplicaScene();
        before.JoinAt(1, File("agreed", "theirs", 1));
        before.Look("agreed");
        before.Save("not agreed", "only here");

        var after = new ReplicaScene(before.Store, isScanned: false);

        var items = before.Store.ReadSeen().Select(seen => new ListedItem(seen.Path, new FileStat(FileKind.Regular, 1, seen.File.Signature, 0), IsLookedAtApart: false)).ToList();
        Assert.Equal([P("not agreed")], after.Replica.Observe(new Observation.Listing(RelativePath.Root, items)));
    }

    [Fact]
    public void Bytes_that_are_agreed_on_or_about_to_be_and_were_written_anew_have_to_be_durable()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(1, File("agreed", "theirs", 1));
        scene.Save("pushed", "ours");
        scene.Replica.Output.TakeAdopted();

        scene.Save("agreed", "theirs");
        Assert.Equal([P("agreed")], scene.Replica.Output.TakeAdopted());
        scene.Save("pushed", "ours");
        Assert.Equal([P("pushed")], scene.Replica.Output.TakeAdopted());
    }

    [Fact]
    public void A_directory_whose_name_went_and_came_back_has_to_be_durable_once_more()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(1, Folder("d", 1));
        scene.Replica.Output.TakeAdopted();

        scene.NoticeAt("other");
        Assert.Empty(scene.Replica.Output.TakeAdopted());
        scene.NoticeAt("d");
        Assert.Equal([P("d")], scene.Replica.Output.TakeAdopted());
    }

    [Fact]
    public void What_was_read_too_soon_after_its_last_change_has_to_be_durable_once_more_when_it_is_read_again()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(1, File("agreed", "theirs", 1));
        scene.Read("agreed", "theirs", inode: 100, isSettled: false);
        scene.Replica.Output.TakeAdopted();

        scene.Read("agreed", "theirs", inode: 100, isSettled: true);
        Assert.Equal([P("agreed")], scene.Replica.Output.TakeAdopted());
        scene.Read("agreed", "theirs", inode: 100, isSettled: true);
        Assert.Empty(scene.Replica.Output.TakeAdopted());
    }

    [Fact]
    public void A_restart_goes_on_where_it_was()
    {
        var before = new ReplicaScene();
        before.JoinAt(2, File("a", "text", 1), File("b", "text", 2));
        var scene = new ReplicaScene(before.Store, isScanned: false);
        scene.Save("a", "text");
        scene.Save("b", "edited while the node was down");
        scene.Do(replica => replica.FinishScan());
        scene.Join(resumed: true, head: 2);
        Assert.Equal(2ul, scene.LastPull.AfterVersion);
        scene.Answer(2);
        var change = Assert.Single(Assert.Single(scene.Pushes()).Changes);
        Assert.Equal((P("b"), 2ul), (change.Path, change.Base));
    }

    [Fact]
    public void What_was_applied_beyond_the_cursor_is_known_over_a_restart()
    {
        var before = new ReplicaScene();
        before.JoinAt(2, File("a", "text", 1), File("b", "text", 2));
        // Of the page after that a deletion was applied, which leaves no row; the cursor waits for the rest.
        before.Notice(4, ("a", 3), ("big", 4));
        before.Answer(4, Gone("a", 3), File("big", "large", 4, inline: false));
        var scene = new ReplicaScene(before.Store, isScanned: false);
        Assert.Equal((At(2), At(4)), (scene.Replica.Remote.Position, scene.Replica.Remote.Newest));
    }

    [Fact]
    public void An_own_commit_is_known_although_no_page_has_told_of_it()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        scene.Save("a", "mine");
        scene.Accept(Assert.Single(scene.Pushes()).Counter, 1, 1);
        Assert.Equal((At(0), At(1)), (scene.Store.ReadFacts().Position, scene.Store.ReadFacts().Newest));
        // A page of before it may still come.
        scene.Answer(0);
        Assert.Equal(At(1), scene.Replica.Remote.Newest);
    }

    [Fact]
    public void The_newest_place_is_stored_before_anything_of_it_is_applied()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(1, File("a", "old", 1));
        scene.Notice(2, ("a", 2));
        scene.Replica.TakePage(new UpdatesPage(scene.LastPull.Session, scene.LastPull.Request, [File("a", "new", 2)], Complete: true, At(2)));
        scene.Replica.Plan();
        Assert.Single(scene.Replica.Output.TakeOrders());
        var stored = scene.Replica.Output.TakeChanges();
        Assert.Equal(At(2), stored.Newest);
        Assert.Empty(stored.Synced);
    }

    [Fact]
    public void A_replica_that_begins_in_an_epoch_knows_of_it_before_it_has_anything()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(2, File("a", "text", 1), File("b", "text", 2));
        scene.Do(replica => replica.Leave());
        scene.Join(resumed: false, head: 1);
        Assert.Equal((At(0), At(0)), (scene.Store.ReadFacts().Position, scene.Store.ReadFacts().Newest));
        Assert.Empty(scene.Store.ReadSynced());
    }

    [Fact]
    public void What_was_fetched_of_a_history_that_is_lost_is_not_wanted_any_more()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        scene.Notice(2, ("one", 1), ("two", 2));
        scene.Answer(2, File("one", "large", 1, inline: false), File("two", "larger", 2, inline: false));
        var wanted = scene.Effects().OfType<ReplicaEffect.Fetch>().ToDictionary(fetch => fetch.Wanted.Entry.Path, fetch => fetch.Wanted);
        scene.Replica.IsStopped = true;
        scene.Do(replica => replica.Remote.Content.TakeFetched(wanted[P("two")], "part"));
        scene.Do(replica => replica.Leave());
        scene.Join(resumed: false, head: 0);
        var effects = scene.Effects();
        Assert.Equal(P("one"), Assert.Single(effects.OfType<ReplicaEffect.EndFetch>()).Path);
        Assert.Equal("part", Assert.Single(effects.OfType<ReplicaEffect.Discard>()).StagedName);
    }

    [Fact]
    public void A_first_sync_that_was_interrupted_goes_on_with_what_it_has()
    {
        var before = new ReplicaScene(isScanned: false);
        before.Do(replica => replica.FinishScan());
        before.Join(resumed: false, head: 3);
        before.Answer(before.LastPull, 3, complete: false, File("a", "text", 1));
        var scene = new ReplicaScene(before.Store, isScanned: false);
        scene.Save("a", "edited while the node was down");
        scene.Do(replica => replica.FinishScan());
        scene.JoinAt(3, File("a", "text", 1), File("b", "text", 3));
        // Not a conflict: the edit was made on the version that the registry has.
        var change = Assert.Single(Assert.Single(scene.Pushes()).Changes);
        Assert.Equal((P("a"), 1ul), (change.Path, change.Base));
        Assert.Equal(["a", "b"], scene.Names);
    }

    [Fact]
    public void What_was_deleted_while_the_node_was_down_is_deleted_for_others()
    {
        var before = new ReplicaScene();
        before.JoinAt(2, File("a", "text", 1), File("b", "text", 2));
        var scene = new ReplicaScene(before.Store, isScanned: false);
        scene.Save("a", "text");
        scene.Do(replica => replica.FinishScan());
        scene.Join(resumed: true, head: 2);
        scene.Answer(2);
        Assert.Empty(scene.Pushes());
        scene.BelieveAbsences();
        var change = Assert.Single(Assert.Single(scene.Pushes()).Changes);
        Assert.Equal((P("b"), EntryState.Absent), (change.Path, change.To));
    }

    [Fact]
    public void An_unknown_position_deletes_nothing_and_makes_missing_files_again()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(3, File("kept", "text", 1), File("changed", "text", 2), File("gone there", "text", 3));
        scene.Do(replica => replica.Leave());
        scene.Remove("kept");
        scene.Effects();
        scene.Join(resumed: false, head: 2);
        Assert.Equal(0ul, scene.LastPull.AfterVersion);
        scene.Answer(2, File("kept", "text", 1), File("changed", "restored", 2));
        Assert.Equal("text", scene.Text("kept"));
        Assert.Equal("restored", scene.Text("changed"));
        Assert.Equal("text", scene.Text("gone there"));
        Assert.Equal("text", scene.Text(Assert.Single(scene.Names, name => name.Contains("conflict"))));
        Assert.DoesNotContain(scene.Pushes().SelectMany(push => push.Changes), change => change.To.IsAbsent);
    }

    [Fact]
    public void A_refused_counter_makes_this_replica_somebody_else()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        scene.Save("a", "mine");
        var push = Assert.Single(scene.Pushes());
        scene.Do(replica => replica.Outgoing.Refuse(new RefusedPush(push.Counter, PushRejection.Counter, [], "bound to other content"), 0));
        Assert.True(Assert.Single(scene.Effects().OfType<ReplicaEffect.Rejoin>()).UnderNewIdentity);
        var before = scene.Replica.Outgoing.Identity;
        scene.Do(replica => replica.TakeNewIdentity(new NodeId(99)));
        Assert.Equal(before with { Id = new NodeId(99) }, scene.Store.ReadFacts().Identity);
        Assert.Null(scene.Replica.Remote.Position);
        scene.JoinAt(0);
        Assert.Equal(1ul, Assert.Single(scene.Pushes()).Counter);
    }

    [Fact]
    public void A_fenced_push_stays_in_doubt()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        scene.Save("a", "mine");
        var push = Assert.Single(scene.Pushes());
        scene.Do(replica => replica.Outgoing.Refuse(new RefusedPush(push.Counter, PushRejection.Fenced, [], "another session"), 0));
        Assert.False(Assert.Single(scene.Effects().OfType<ReplicaEffect.Rejoin>()).UnderNewIdentity);
        Assert.Equal(push.Counter, Assert.Single(scene.Replica.Outgoing.InDoubt).Counter);
    }

    [Fact]
    public void A_deletion_is_believed_only_after_a_quiet_moment()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(1, File("a", "text", 1));
        scene.Remove("a");
        Assert.Empty(scene.Pushes());
        Assert.Empty(scene.Replica.Local.AbsencesDue());
        scene.Save("a", "edited");
        scene.BelieveAbsences();
        Assert.False(Assert.Single(Assert.Single(scene.Pushes()).Changes).To.IsAbsent);
        scene.Remove("a");
        scene.BelieveAbsences();
        Assert.Null(scene.Replica.Local.AbsenceDueNs);
    }

    [Fact]
    public void A_removed_directory_takes_all_below_it_along_children_first()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(1, Folder("d", 1), File("d/a", "text", 1), Folder("d/e", 1), File("d/e/b", "text", 1));
        scene.Remove("d");
        scene.BelieveAbsences();
        var changes = Assert.Single(scene.Pushes()).Changes;
        Assert.Equal(["d/e/b", "d/e", "d/a", "d"], changes.Select(change => change.Path.ToString()));
        Assert.All(changes, change => Assert.True(change.To.IsAbsent));
    }

    [Fact]
    public void A_file_that_becomes_a_directory_and_back_travels()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(1, File("x", "text", 1));
        scene.Notice(3, ("x", 2), ("x/inner", 3));
        scene.Answer(3, Folder("x", 2), File("x/inner", "text", 3));
        Assert.Equal(["x", "x/inner"], scene.Names);
        scene.Notice(5, ("x/inner", 4), ("x", 5));
        scene.Answer(5, Gone("x/inner", 4), File("x", "again", 5));
        Assert.Equal(["x"], scene.Names);
        Assert.Equal("again", scene.Text("x"));
    }

    [Fact]
    public void A_stopped_replica_neither_applies_nor_proposes()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        scene.Replica.IsStopped = true;
        scene.Save("mine", "text");
        scene.Notice(1, ("theirs", 1));
        scene.Answer(1, File("theirs", "text", 1, inline: false));
        Assert.Empty(scene.Pushes());
        Assert.Equal(["mine"], scene.Names);
        scene.Replica.IsStopped = false;
        scene.Do(_ => { });
        Assert.Single(scene.Replica.Outgoing.InDoubt);
    }
}
