using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Messages;
using Actors.Messages.Tree;
using Actors.NodeShell;
using static Actors.Client.Tests.Cache.ReplicaScene;

namespace Actors.Client.Tests.Cache;

public sealed class ReplicaTests
{
    [Fact]
    public void An_edit_is_pushed_with_the_version_it_was_made_on_and_stored_with_its_digest()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(3, File("a", "old", 3));
        scene.Save("a", "new");
        var push = Assert.Single(scene.Pushes());
        var change = Assert.Single(push.Changes);
        Assert.Equal((P("a"), 3ul, EntryState.File(C("new"))), (change.Path, change.Base, change.To));
        Assert.Equal(push.Digest, Assert.Single(scene.Store.ReadPushes()).Digest);
        Assert.Equal(push.Counter, scene.Store.ReadFacts().LastCounter);
    }

    [Fact]
    public void Nothing_is_pushed_before_everything_newer_was_read()
    {
        var scene = new ReplicaScene();
        scene.Save("a", "mine");
        scene.Join(resumed: false, head: 2);
        scene.Answer(scene.LastPull, 2, complete: false, File("b", "theirs", 1));
        Assert.Empty(scene.Pushes());
        scene.Answer(2, File("c", "theirs", 2));
        Assert.Equal(P("a"), Assert.Single(Assert.Single(scene.Pushes()).Changes).Path);
    }

    [Fact]
    public void A_new_file_that_goes_while_its_push_is_on_its_way_is_not_deleted_before_its_absence_is_believed()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        scene.Save("a", "mine");
        var push = Assert.Single(scene.Pushes());
        scene.Remove("a");
        scene.Accept(push.Counter, 1, 1);
        Assert.Empty(scene.Pushes());
        scene.BelieveAbsences();
        Assert.True(Assert.Single(Assert.Single(scene.Pushes()).Changes).To.IsAbsent);
    }

    [Fact]
    public void A_new_file_that_goes_while_the_node_is_down_and_its_push_is_in_doubt_is_not_deleted_before_its_absence_is_believed()
    {
        var before = new ReplicaScene();
        before.JoinAt(0);
        before.Save("a", "mine");
        var push = Assert.Single(before.Pushes());

        var scene = new ReplicaScene(before.Store, isScanned: false);
        scene.Do(replica => replica.FinishScan());
        scene.Join(resumed: true, head: 1, new DoubtOutcome(push.Counter, At(1), null));
        scene.Answer(1);
        Assert.Empty(scene.Pushes());
        scene.BelieveAbsences();
        Assert.True(Assert.Single(Assert.Single(scene.Pushes()).Changes).To.IsAbsent);
    }

    [Fact]
    public void The_nodes_own_echo_is_no_edit()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(1, File("a", "theirs", 1));
        Assert.Equal("theirs", scene.Text("a"));
        scene.Effects();
        scene.Look("a");
        Assert.Empty(scene.Effects());
    }

    [Fact]
    public void A_touched_file_with_the_same_bytes_is_no_edit_and_the_story_says_so()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(1, File("a", "text", 1));
        scene.Look("a");
        scene.Story.Clear();
        scene.Save("a", "text");
        Assert.Empty(scene.Pushes());
        Assert.Equal(["No modifications made to the file"], scene.Story);
    }

    [Fact]
    public void A_paths_next_push_waits_for_the_outcome_of_the_last()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        scene.Save("a", "one");
        var first = Assert.Single(scene.Pushes());
        scene.Save("a", "two");
        scene.Save("a", "three");
        Assert.Empty(scene.Pushes());
        scene.Accept(first.Counter, 1, 1);
        var second = Assert.Single(Assert.Single(scene.Pushes()).Changes);
        Assert.Equal((1ul, EntryState.File(C("three"))), (second.Base, second.To));
    }

    [Fact]
    public void A_version_that_arrives_during_a_push_is_applied_after_its_outcome()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(1, File("a", "old", 1));
        scene.Save("a", "mine");
        var push = Assert.Single(scene.Pushes());
        scene.Notice(3, ("a", 3));
        scene.Answer(3, File("a", "theirs", 3));
        Assert.Equal("mine", scene.Text("a"));
        // It was committed before theirs.
        scene.Accept(push.Counter, 2, 3);
        var fetch = Assert.Single(scene.Effects().OfType<ReplicaEffect.Fetch>());
        scene.Stage("part", "theirs");
        scene.Do(replica => replica.Remote.Content.TakeFetched(fetch.Wanted, "part"));
        Assert.Equal("theirs", scene.Text("a"));
        Assert.Equal(["a"], scene.Names);
    }

    [Fact]
    public void An_edit_that_lost_against_a_commit_becomes_a_conflict_copy_and_is_pushed_as_a_new_file()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(1, File("a", "old", 1));
        scene.Save("a", "mine");
        var push = Assert.Single(scene.Pushes());
        scene.Do(replica => replica.Outgoing.Refuse(new RefusedPush(push.Counter, PushRejection.Stale, [], "stale"), 2));
        Assert.Empty(scene.Pushes());
        scene.Answer(2, File("a", "theirs", 2));
        Assert.Equal("theirs", scene.Text("a"));
        var copy = Assert.Single(scene.Names, name => name.Contains("(conflict of Client 2, "));
        Assert.Equal("mine", scene.Text(copy));
        Assert.Equal(copy, Assert.Single(Assert.Single(scene.Pushes()).Changes).Path.ToString());
    }

    [Fact]
    public void The_same_bytes_on_both_sides_are_agreed_on_without_a_copy()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(1, File("a", "old", 1));
        scene.Save("a", "same");
        var push = Assert.Single(scene.Pushes());
        scene.Do(replica => replica.Outgoing.Refuse(new RefusedPush(push.Counter, PushRejection.Stale, [], "stale"), 2));
        scene.Answer(2, File("a", "same", 2));
        Assert.Equal(["a"], scene.Names);
        Assert.Empty(scene.Pushes());
        Assert.Equal(2ul, Assert.Single(scene.Store.ReadSynced()).Version);
    }

    [Fact]
    public void An_own_commit_that_comes_back_is_nothing_new()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        scene.Save("a", "mine");
        var push = Assert.Single(scene.Pushes());
        scene.Accept(push.Counter, 1, 1);
        scene.Effects();
        scene.Do(replica => replica.Tick());
        scene.Answer(1, File("a", "mine", 1, inline: false));
        Assert.DoesNotContain(scene.Effects(), effect => effect is ReplicaEffect.Fetch or ReplicaEffect.SendPush);
        Assert.Equal(1ul, scene.Store.ReadFacts().Position!.Value.Cursor);
    }

    [Fact]
    public void An_own_commit_at_the_head_is_not_pulled_before_the_next_tick()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        scene.Save("a", "mine");
        var push = Assert.Single(scene.Pushes());
        scene.Accept(push.Counter, 1, 1);
        Assert.DoesNotContain(scene.Effects(), effect => effect is ReplicaEffect.SendPull);
        scene.Do(replica => replica.Tick());
        Assert.Single(scene.Effects(), effect => effect is ReplicaEffect.SendPull);
    }

    [Fact]
    public void An_own_commit_that_comes_back_before_its_outcome_is_nothing_new()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        scene.Save("a", "mine");
        var push = Assert.Single(scene.Pushes());
        scene.Notice(1, ("a", 1));
        scene.Answer(1, File("a", "mine", 1, inline: false));
        scene.Accept(push.Counter, 1, 1);
        Assert.Equal(["a"], scene.Names);
        Assert.True(scene.Replica.IsSettled);
    }

    [Fact]
    public void A_deletion_of_what_was_just_pushed_is_not_undone_by_a_late_outcome()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        scene.Save("a", "mine");
        var push = Assert.Single(scene.Pushes());
        // Another client has deleted it already when the outcome comes.
        scene.Notice(2, ("a", 2));
        scene.Answer(2, Gone("a", 2));
        scene.Accept(push.Counter, 1, 2);
        Assert.Empty(scene.Names);
        Assert.Empty(scene.Store.ReadSynced());
    }

    [Fact]
    public void At_most_64_pushes_are_open_and_the_rest_follows()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        for (var i = 0; i < 100; i++)
            scene.Save($"f{i:000}", $"text {i}");
        var pushes = scene.Pushes();
        Assert.Equal(Limits.PushesOpenMax, pushes.Count);
        Assert.Equal(Enumerable.Range(1, 64).Select(i => (ulong)i), pushes.Select(push => push.Counter));
        for (ulong i = 1; i <= 32; i++)
            scene.Accept(i, i, i);
        var more = scene.Pushes();
        Assert.Equal(36, more.Sum(push => push.Changes.Count));
        Assert.Equal(65ul, more[0].Counter);
    }

    [Fact]
    public void Counters_stay_within_the_window_from_the_oldest_open_push()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        for (var i = 0; i < 64; i++)
            scene.Save($"f{i:000}", $"text {i}");
        scene.Pushes();
        for (ulong i = 2; i <= 64; i++)
            scene.Accept(i, i, i);
        scene.Save("more", "text");
        Assert.Empty(scene.Pushes());
        scene.Accept(1, 65, 65);
        Assert.Equal(65ul, Assert.Single(scene.Pushes()).Counter);
    }

    [Fact]
    public void A_large_edit_becomes_several_pushes_within_the_limits()
    {
        var scene = new ReplicaScene(isScanned: false);
        for (var i = 0; i < 30; i++)
            scene.Save($"f{i:00}", new string((char)('a' + i % 26), 10_000));
        scene.Do(replica => replica.FinishScan());
        scene.JoinAt(0);
        var pushes = scene.Pushes();
        Assert.Equal(3, pushes.Count);
        Assert.All(pushes, push => Assert.True(push.Changes.Sum(change => change.To.Content.Size) <= Limits.InlineBytesMax));
        Assert.Equal(30, pushes.Sum(push => push.Changes.Count));
    }

    [Fact]
    public void A_file_read_soon_after_its_last_change_is_read_once_more_before_its_signature_is_trusted()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        scene.Read("a", "text", 7, isSettled: false);
        Assert.Empty(scene.Replica.Local.TakeUntrusted(10));
        scene.Clock.Advance(FileSignature.TrustAfter + TimeSpan.FromTicks(1));
        Assert.Equal([P("a")], scene.Replica.Local.TakeUntrusted(10));
        Assert.Empty(scene.Replica.Local.TakeUntrusted(10));
        Assert.False(Assert.Single(scene.Store.ReadSeen()).File.IsSettled);
        scene.Read("a", "text", 7, isSettled: true);
        Assert.True(Assert.Single(scene.Store.ReadSeen()).File.IsSettled);
        Assert.Empty(scene.Replica.Local.TakeUntrusted(10));
    }

    [Fact]
    public void A_second_reading_that_finds_what_the_first_found_is_no_news()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        scene.Read("a", "text", 7, isSettled: false);
        scene.Accept(Assert.Single(scene.Pushes()).Counter, 1, 1);
        scene.Story.Clear();
        scene.Clock.Advance(FileSignature.TrustAfter + TimeSpan.FromTicks(1));
        scene.Read("a", "text", 7, isSettled: true);
        Assert.Empty(scene.Story);
        scene.Read("a", "text", 7, isSettled: true);
        Assert.Empty(scene.Story);
        scene.Read("a", "text", 8, isSettled: false);
        Assert.Equal([StoryLines.NoModifications], scene.Story);
    }

    [Fact]
    public void A_refusal_that_nothing_explains_holds_the_path_instead_of_trying_for_ever()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        scene.Save("a", "text");
        for (var tries = 0; scene.Pushes() is [var push]; tries++)
        {
            Assert.InRange(tries, 0, 5);
            scene.Do(replica => replica.Outgoing.Refuse(new RefusedPush(push.Counter, PushRejection.Stale, [], "because"), 0));
            scene.Answer(0);
        }
        Assert.Contains("because", Assert.Single(scene.Replica.Report().Held).Value);
        scene.Save("a", "another text");
        Assert.Single(scene.Pushes());
    }

    [Fact]
    public void What_is_refused_for_the_sake_of_others_in_its_push_is_not_held()
    {
        var scene = new ReplicaScene(newNameQuiet: TimeSpan.FromMilliseconds(50));
        scene.JoinAt(0);
        scene.Save("a", "text");
        scene.Save("b", "text");
        scene.BelieveNewNames(TimeSpan.FromMilliseconds(50));
        for (var tries = 0; tries < 3; tries++)
        {
            var push = Assert.Single(scene.Pushes());
            Assert.Equal(2, push.Changes.Count);
            scene.Do(replica => replica.Outgoing.Refuse(new RefusedPush(push.Counter, PushRejection.Stale, [File("b", "newer", 9).Entry], ""), 0));
            scene.Answer(0);
        }
        Assert.Equal([P("b")], scene.Replica.Report().Held.Keys);
    }

    [Fact]
    public void What_is_held_for_its_refusals_is_tried_once_at_each_look_until_somebody_changes_it()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        scene.Save("a", "text");
        RefuseNext(times: 3);
        Assert.NotEmpty(scene.Replica.Report().Held);
        scene.Look("a");
        RefuseNext(times: 1);
        Assert.NotEmpty(scene.Replica.Report().Held);
        scene.Save("a", "another text");
        RefuseNext(times: 2);
        Assert.Empty(scene.Replica.Report().Held);

        void RefuseNext(int times)
        {
            while (times-- > 0)
            {
                var push = Assert.Single(scene.Pushes());
                scene.Do(replica => replica.Outgoing.Refuse(new RefusedPush(push.Counter, PushRejection.ContentGone, [], "gone"), 0));
                scene.Answer(0);
            }
        }
    }

    [Fact]
    public void A_name_is_somebody_s_from_its_push_until_its_deletion_is_agreed_on()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        Assert.False(scene.Replica.IsSyncedOrInFlight(P("a")));
        scene.Save("a", "text");
        Assert.True(scene.Replica.IsSyncedOrInFlight(P("a")));
        scene.Accept(Assert.Single(scene.Pushes()).Counter, 1, 1);
        Assert.True(scene.Replica.IsSyncedOrInFlight(P("a")));
        scene.Remove("a");
        scene.BelieveAbsences();
        Assert.True(scene.Replica.IsSyncedOrInFlight(P("a")));
        scene.Accept(Assert.Single(scene.Pushes()).Counter, 2, 2);
        Assert.False(scene.Replica.IsSyncedOrInFlight(P("a")));
    }

    [Fact]
    public void A_deleted_directory_with_something_held_in_it_is_not_waited_for()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(1, ReplicaScene.Folder("d", 1));
        scene.Do(replica => replica.Observe(new Observation.Unfit(ReplicaScene.P("d/link"), "a link")));
        scene.Notice(2, ("d", 2));
        scene.Answer(2, ReplicaScene.Gone("d", 2));
        Assert.Contains("d", scene.Names);
        Assert.Empty(scene.Replica.Report().Behind);
        Assert.True(scene.Replica.IsSettled);
    }

    [Fact]
    public void A_push_without_an_outcome_is_sent_again_unchanged()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        scene.Save("a", "text");
        var push = Assert.Single(scene.Pushes());
        scene.Do(replica => replica.Tick());
        Assert.Empty(scene.Pushes());
        scene.Clock.Advance(TimeSpan.FromSeconds(6));
        scene.Do(replica => replica.Tick());
        Assert.Same(push, Assert.Single(scene.Pushes()));
    }
}
