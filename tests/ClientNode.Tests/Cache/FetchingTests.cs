using Actors.Client.Cache;
using Actors.Messages.Tree;
using static Actors.Client.Tests.Cache.ReplicaScene;

namespace Actors.Client.Tests.Cache;

/// <summary>Content that does not come with a page.</summary>
public sealed class FetchingTests
{
    [Fact]
    public void Content_that_does_not_ride_along_is_fetched_and_then_applied()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(1, File("big", "large content", 1, inline: false));
        var fetch = Assert.Single(scene.Effects().OfType<ReplicaEffect.Fetch>());
        Assert.Empty(scene.Names);
        Assert.Equal(At(0), scene.Store.ReadFacts().Position);
        scene.Stage("part", "large content");
        scene.Do(replica => replica.Remote.Content.TakeFetched(fetch.Wanted, "part"));
        Assert.Equal("large content", scene.Text("big"));
        Assert.Equal(1ul, scene.Store.ReadFacts().Position!.Value.Cursor);
    }

    [Fact]
    public void Fetched_content_that_was_overtaken_is_thrown_away()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(1, File("big", "first", 1, inline: false));
        var fetch = Assert.Single(scene.Effects().OfType<ReplicaEffect.Fetch>());
        scene.Notice(2, ("big", 2));
        scene.Answer(2, File("big", "second", 2));
        Assert.Contains(scene.Effects(), effect => effect is ReplicaEffect.EndFetch);
        scene.Do(replica => replica.Remote.Content.TakeFetched(fetch.Wanted, "part"));
        Assert.Contains(scene.Effects(), effect => effect is ReplicaEffect.Discard { StagedName: "part" });
        Assert.Equal("second", scene.Text("big"));
    }

    [Fact]
    public void Fetched_content_that_is_fetched_once_more_gets_its_name_only_when_that_is_over()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(1, File("big", "large content", 1, inline: false));
        var first = Assert.Single(scene.Effects().OfType<ReplicaEffect.Fetch>());
        scene.Notice(2, ("big", 2));
        scene.Answer(2, File("big", "large content", 2, inline: false));
        var second = Assert.Single(scene.Effects().OfType<ReplicaEffect.Fetch>());
        scene.Stage("part", "large content");

        scene.Do(replica => replica.Remote.Content.TakeFetched(first.Wanted, "part"));
        Assert.Empty(scene.Names);
        Assert.DoesNotContain(scene.Effects(), effect => effect is ReplicaEffect.Discard);

        scene.Do(replica => replica.Remote.Content.TakeFetched(second.Wanted, "part"));
        Assert.Equal("large content", scene.Text("big"));
    }

    [Fact]
    public void An_edit_in_conflict_with_content_that_is_still_fetched_keeps_later_edits_waiting()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(2, File("a", "old", 1), File("b", "old", 2));
        foreach (var name in scene.Names)
            scene.Look(name);
        scene.Notice(3, ("a", 3));
        scene.Answer(3, File("a", "theirs", 3, inline: false));
        scene.Complete("a", "mine");
        scene.Complete("b", "later");
        Assert.Empty(scene.Pushes());
        scene.Notice(4, ("a", 4));
        scene.Answer(4, Gone("a", 4));
        Assert.Equal([P("a"), P("b")], scene.Pushes().SelectMany(push => push.Changes).Select(change => change.Path));
    }

    [Fact]
    public void A_fetch_of_what_is_deleted_meanwhile_ends()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(1, File("big", "large", 1, inline: false));
        var fetch = Assert.Single(scene.Effects().OfType<ReplicaEffect.Fetch>());
        scene.Notice(2, ("big", 2));
        scene.Answer(2, Gone("big", 2));
        Assert.Contains(scene.Effects(), effect => effect is ReplicaEffect.EndFetch { Path: var path } && path == fetch.Wanted.Entry.Path);
    }

    [Fact]
    public void A_fetch_of_what_an_own_commit_has_replaced_ends_also_where_a_page_told_of_it_before_the_outcome()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(1, File("big", "first", 1));
        scene.Notice(2, ("big", 2));
        scene.Answer(2, File("big", "large", 2, inline: false));
        var fetch = Assert.Single(scene.Effects().OfType<ReplicaEffect.Fetch>());
        scene.Save("big", null);
        var push = Assert.Single(scene.Pushes());
        scene.Notice(3, ("big", 3));
        scene.Answer(3, [.. push.Changes.Select(change => new ReceivedEntry(new TreeEntry(change.Path, change.To, 3) { Author = 2, CommittedAtUs = 1 }, null))]);

        scene.Accept(push.Counter, 3, 3);

        Assert.Contains(scene.Effects(), effect => effect is ReplicaEffect.EndFetch { Path: var path } && path == P("big"));
        scene.Do(replica => replica.Remote.Content.TakeFetched(fetch.Wanted, "part"));
        Assert.Contains(scene.Effects(), effect => effect is ReplicaEffect.Discard { StagedName: "part" });
    }
}
