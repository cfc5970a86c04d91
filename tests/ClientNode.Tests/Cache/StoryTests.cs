using static Actors.Client.Tests.Cache.ReplicaScene;

namespace Actors.Client.Tests.Cache;

public sealed class StoryTests
{
    private const string Quiet = "No modifications made to the file";
    private static readonly TimeSpan NameQuiet = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void What_the_share_does_not_have_at_the_start_is_shared_and_nobody_has_modified_it()
    {
        var scene = Found("a", "b", "c");
        scene.BelieveNewNames(NameQuiet);
        Assert.Empty(scene.Story);
        scene.JoinAt(1, File("c", "text", 1));
        Settle(scene, 1);
        Assert.Equal(["Sharing 2 files", Quiet], scene.Story);
    }

    [Fact]
    public void What_the_share_has_already_is_not_shared()
    {
        var scene = Found("a");
        scene.JoinAt(1, File("a", "text", 1));
        Assert.Equal([Quiet], scene.Story);
        scene.Remove("a");
        scene.BelieveAbsences();
        scene.Save("a", "again");
        Assert.DoesNotContain(scene.Story, line => line.StartsWith("Sharing"));
    }

    [Fact]
    public void One_file_is_told_in_the_singular()
    {
        var scene = Found("a");
        scene.BelieveNewNames(NameQuiet);
        scene.JoinAt(0);
        Assert.Equal(["Sharing 1 file"], scene.Story);
    }

    [Fact]
    public void What_was_edited_while_the_node_was_away_is_a_modification()
    {
        var before = new ReplicaScene();
        before.JoinAt(1, File("a", "old", 1));
        var scene = new ReplicaScene(before.Store, isScanned: false);
        scene.Save("a", "new");
        scene.Do(replica => replica.FinishScan());
        scene.JoinAt(1);
        Settle(scene, 1);
        Assert.Equal(["Modifications made to the file: a"], scene.Story);
    }

    [Fact]
    public void A_welcome_and_an_update_end_in_a_quiet_moment_that_is_told_and_an_own_edit_does_not()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(1, File("a", "text", 1));
        scene.Save("a", "mine");
        Settle(scene, 1);
        scene.Notice(3, ("a", 3));
        scene.Answer(3, File("a", "theirs", 3));
        Assert.Equal(
            [
                "Updating local copy: a (version 1)", Quiet, "Modifications made to the file: a", "Invalidation request from server: a",
                "Pulling updates from server", "Updating local copy: a (version 3)", Quiet,
            ],
            scene.Story);
    }

    [Fact]
    public void A_pull_that_brings_nothing_says_so()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(1, File("a", "text", 1));
        scene.Story.Clear();
        scene.Notice(2, ("b", 2));
        scene.Answer(2, Gone("b", 2));
        Assert.Equal(["Invalidation request from server: b", "Pulling updates from server", "Nothing to update"], scene.Story);
    }

    [Fact]
    public void A_notice_whose_pull_is_under_way_already_leaves_no_pull_to_be_told_later()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(1, File("a", "text", 1));
        scene.Notice(2, ("a", 2));
        scene.Story.Clear();
        scene.Notice(3, ("a", 3));
        scene.Answer(3, File("a", "newer", 3));
        scene.Save("a", "mine");
        Settle(scene, 3);
        Assert.Equal(
            [
                "Invalidation request from server: a", "Pulling updates from server", "Updating local copy: a (version 3)", Quiet,
                "Modifications made to the file: a",
            ],
            scene.Story);
    }

    [Fact]
    public void Of_very_many_updates_a_hundred_are_named_and_the_rest_is_counted()
    {
        var scene = new ReplicaScene();
        scene.Join(resumed: false, 20_000);
        for (var page = 0; page < 20; page++)
            scene.Answer(scene.LastPull, 20_000, page == 19, [.. Enumerable.Range(page * 1_000, 1_000).Select(i => File($"{i}", "text", (ulong)i + 1))]);
        Assert.Equal(102, scene.Story.Count);
        Assert.Equal(["Updating local copy: 19900 more", Quiet], scene.Story[^2..]);

        scene.Do(replica => replica.Tick());
        scene.Notice(20_001, ("0", 20_001));
        scene.Answer(20_001, File("0", "newer", 20_001));
        Assert.Equal("Updating local copy: 0 (version 20001)", scene.Story[^2]);
    }

    /// <summary>A replica of a node that starts, with these files in it.</summary>
    private static ReplicaScene Found(params string[] names)
    {
        var scene = new ReplicaScene(isScanned: false, newNameQuiet: NameQuiet);
        foreach (var name in names)
            scene.Save(name, "text");
        scene.Do(replica => replica.FinishScan());
        return scene;
    }

    /// <summary>Everything that is on its way is committed, and the replica has heard of it.</summary>
    private static void Settle(ReplicaScene scene, ulong head)
    {
        foreach (var push in scene.Pushes())
            scene.Accept(push.Counter, ++head, head);
        scene.Do(replica => replica.Tick());
        scene.Answer(head);
    }
}
