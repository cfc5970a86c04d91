using Actors.Client.Cache;
using static Actors.Client.Tests.Cache.ReplicaScene;

namespace Actors.Client.Tests.Cache;

/// <summary>Pushes without an outcome when the node ended, and what the next join tells of them.</summary>
public sealed class PushInDoubtTests
{
    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public void An_own_commit_of_what_others_have_deleted_since_is_gone_although_it_is_told_of_late(bool isThereStill, bool isCutShort)
    {
        var before = new ReplicaScene();
        before.JoinAt(0);
        before.Save("a", "mine");
        var push = Assert.Single(before.Pushes());
        // The answer is lost. A cursor beyond the deletion would be all that is stored of it.
        before.Notice(2, ("a", 2));
        before.Answer(2, Gone("a", 2));
        Assert.Equal(At(0), before.Replica.Remote.Position);

        var scene = StartAgain(before.Store);
        scene.Join(resumed: true, head: 2, new DoubtOutcome(push.Counter, At(1), null));
        if (isCutShort)
        {
            // What the push became is stored, and what became of that is not.
            scene = StartAgain(before.Store);
            scene.Join(resumed: true, head: 2);
        }
        scene.Answer(2, Gone("a", 2));
        scene.BelieveAbsences();

        Assert.Empty(scene.Names);
        Assert.Empty(scene.Store.ReadSynced());
        Assert.Empty(scene.Pushes());
        Assert.Equal(At(2), scene.Replica.Remote.Position);
        Assert.True(scene.Replica.IsSettled);

        ReplicaScene StartAgain(MemoryReplicaStore store)
        {
            var started = new ReplicaScene(store, isScanned: false);
            if (isThereStill)
                started.Save("a", "mine");
            started.Do(replica => replica.FinishScan());
            return started;
        }
    }

    [Fact]
    public void Pushes_in_doubt_are_not_repeated_into_a_history_that_does_not_know_their_bases()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(1, File("a", "old", 1));
        scene.Save("a", "mine");
        var push = Assert.Single(scene.Pushes());
        scene.Do(replica => replica.Leave());
        scene.Join(resumed: false, head: 1, new DoubtOutcome(push.Counter, null, null));
        Assert.Empty(scene.Pushes());
        Assert.Equal(push.Counter, scene.Replica.Outgoing.SettledThrough);
        Assert.Empty(scene.Store.ReadPushes());
        // Version 1 is another one in this history.
        scene.Answer(1, File("a", "theirs", 1));
        Assert.Equal("theirs", scene.Text("a"));
        Assert.Equal(push.Counter + 1, Assert.Single(scene.Pushes()).Counter);
        Assert.Equal("mine", scene.Text(Assert.Single(scene.Names, name => name.Contains("conflict"))));
    }

    [Fact]
    public void A_push_in_doubt_that_was_committed_is_not_sent_again()
    {
        var before = new ReplicaScene();
        before.JoinAt(0);
        before.Save("a", "mine");
        var push = Assert.Single(before.Pushes());
        var scene = new ReplicaScene(before.Store, isScanned: false);
        scene.Save("a", "mine");
        scene.Do(replica => replica.FinishScan());
        Assert.Equal(push.Counter, Assert.Single(scene.Replica.Outgoing.InDoubt).Counter);
        scene.Join(resumed: true, head: 1, new DoubtOutcome(push.Counter, At(1), null));
        scene.Answer(1, File("a", "mine", 1, inline: false));
        Assert.Empty(scene.Pushes());
        Assert.Equal(1ul, Assert.Single(scene.Store.ReadSynced()).Version);
    }

    [Fact]
    public void A_push_in_doubt_that_nobody_decided_on_is_sent_again_under_its_counter()
    {
        var scene = new ReplicaScene();
        scene.JoinAt(0);
        scene.Save("a", "mine");
        var push = Assert.Single(scene.Pushes());
        scene.Do(replica => replica.Leave());
        scene.Save("a", "mine, edited again");
        scene.Join(resumed: true, head: 0, new DoubtOutcome(push.Counter, null, null));
        var again = Assert.Single(scene.Pushes());
        Assert.Equal((push.Counter, push.Digest), (again.Counter, again.Digest));
    }

    [Fact]
    public void A_push_of_an_earlier_start_that_nobody_decided_on_makes_way_for_what_is_on_disk()
    {
        var before = new ReplicaScene();
        before.JoinAt(1, File("a", "old", 1));
        before.Save("a", "mine");
        var push = Assert.Single(before.Pushes());
        // Power was lost before the edit was durable, and has taken it back.
        var scene = new ReplicaScene(before.Store, isScanned: false);
        scene.Save("a", "old");
        scene.Do(replica => replica.FinishScan());
        scene.Join(resumed: true, head: 1, new DoubtOutcome(push.Counter, null, null));
        scene.Answer(1);
        Assert.Empty(scene.Pushes());
        Assert.Empty(scene.Replica.Outgoing.InDoubt);
        Assert.Empty(scene.Store.ReadPushes());
        scene.Save("a", "mine again");
        Assert.Equal(push.Counter + 1, Assert.Single(scene.Pushes()).Counter);
    }
}
