using Actors.Client.Cache;
using static Actors.Client.Tests.Cache.ReplicaScene;

namespace Actors.Client.Tests.Cache;

/// <summary>Lost, late and repeated notices, and answers that they overtake.</summary>
public sealed class PullingTests
{
    [Fact]
    public void A_notice_starts_one_pull_and_further_ones_coalesce()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        scene.Effects();
        scene.Notice(1, ("a", 1));
        scene.Notice(2, ("b", 2));
        scene.Notice(2, ("b", 2));
        Assert.Single(scene.Effects().OfType<ReplicaEffect.SendPull>());
        scene.Answer(2, File("a", "1", 1), File("b", "2", 2));
        Assert.Empty(scene.Effects().OfType<ReplicaEffect.SendPull>());
        Assert.Equal(["a", "b"], scene.Names);
    }

    [Fact]
    public void A_page_that_ends_within_the_newest_commit_is_followed_by_the_next()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        scene.Notice(1, ("a", 1), ("b", 1));
        var first = scene.LastPull;
        scene.Answer(first, 1, complete: false, File("a", "1", 1));
        Assert.NotEqual(first.Request, scene.LastPull.Request);
        Assert.Equal((1ul, P("a")), (scene.LastPull.AfterVersion, scene.LastPull.AfterPath));
        scene.Answer(1, File("b", "1", 1));
        Assert.Equal(["a", "b"], scene.Names);
        Assert.Equal(1ul, scene.Store.ReadFacts().Position!.Value.Cursor);
    }

    [Fact]
    public void A_notice_that_overtakes_the_answer_of_a_pull_starts_another_pull()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        scene.Notice(1, ("a", 1));
        scene.Notice(2, ("a", 2));
        scene.Effects();
        // Read before version 2 was committed.
        scene.Answer(1, File("a", "stale", 1));
        var pull = Assert.Single(scene.Effects().OfType<ReplicaEffect.SendPull>()).Pull;
        Assert.Equal(1ul, pull.AfterVersion);
        scene.Answer(2, File("a", "new", 2));
        Assert.Equal("new", scene.Text("a"));
    }

    [Fact]
    public void An_answer_to_an_older_pull_is_dropped()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        scene.Notice(1, ("a", 1));
        var lost = scene.LastPull;
        scene.Clock.Advance(TimeSpan.FromSeconds(4));
        scene.Do(replica => replica.Tick());
        Assert.NotEqual(lost.Request, scene.LastPull.Request);
        scene.Answer(2, File("a", "new", 2));
        scene.Answer(lost, 1, complete: true, File("a", "old", 1));
        Assert.Equal("new", scene.Text("a"));
    }

    [Fact]
    public void A_late_notice_changes_nothing()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(2, File("a", "new", 2));
        scene.Effects();
        scene.Story.Clear();
        scene.Notice(1, ("a", 1));
        Assert.Empty(scene.Story);
        Assert.Equal("new", scene.Text("a"));
    }

    [Fact]
    public void A_lost_notice_is_made_good_by_its_repetition()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        scene.Effects();
        scene.Notice(1);
        Assert.Single(scene.Effects().OfType<ReplicaEffect.SendPull>());
        scene.Answer(1, File("a", "1", 1));
        Assert.Equal("1", scene.Text("a"));
    }

    [Fact]
    public void A_repetition_tells_the_server_once_where_the_cursor_is()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        scene.Notice(1, ("a", 1));
        scene.Answer(1, File("a", "1", 1));
        scene.Effects();
        scene.Notice(1);
        Assert.Equal(1ul, Assert.Single(scene.Effects().OfType<ReplicaEffect.SendPull>()).Pull.Cursor);
        scene.Answer(1);
        scene.Effects();
        scene.Notice(1);
        Assert.Empty(scene.Effects().OfType<ReplicaEffect.SendPull>());
    }

    [Fact]
    public void Every_notice_is_answered()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(5);
        scene.Effects();
        scene.Notice(3, ("a", 3));
        Assert.Equal(3ul, Assert.Single(scene.Effects().OfType<ReplicaEffect.AnswerInvalidate>()).Head);
    }

    [Fact]
    public void The_cursor_is_saved_with_a_complete_page_only()
    {
        var scene = new ReplicaScene();
        scene.Join(resumed: false, head: 3);
        scene.Answer(scene.LastPull, 3, complete: false, File("a", "1", 1), File("b", "2", 2));
        Assert.Equal(At(0), scene.Store.ReadFacts().Position);
        Assert.Equal(2, scene.Store.ReadSynced().Count());
        Assert.Equal((2ul, P("b")), (scene.LastPull.AfterVersion, scene.LastPull.AfterPath!.Value));
        scene.Answer(3, File("c", "3", 3));
        Assert.Equal(3ul, scene.Store.ReadFacts().Position!.Value.Cursor);
    }

    [Fact]
    public void The_cursor_waits_for_an_own_commit_that_no_page_has_covered()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        scene.Save("mine", "text");
        var push = Assert.Single(scene.Pushes());
        scene.Notice(1, ("theirs", 1));
        var pull = scene.LastPull;
        scene.Accept(push.Counter, 2, 2);
        scene.Answer(pull, 1, complete: true, File("theirs", "text", 1));
        Assert.Equal(0ul, scene.Store.ReadFacts().Position!.Value.Cursor);
        scene.Answer(2, File("mine", "text", 2, inline: false));
        Assert.Equal(2ul, scene.Store.ReadFacts().Position!.Value.Cursor);
    }

    [Fact]
    public void The_story_is_told_in_the_words_of_the_original()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        scene.Story.Clear();
        scene.Notice(1, ("a", 1));
        scene.Answer(1, File("a", "text", 1));
        Assert.Equal(
            ["Invalidation request from server: a", "Pulling updates from server", "Updating local copy: a (version 1)", "No modifications made to the file"],
            scene.Story);
    }
}
