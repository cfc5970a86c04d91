using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Messages.Tree;
using static Actors.Client.Tests.Cache.ReplicaScene;

namespace Actors.Client.Tests.Cache;

public sealed class HeldPathTests
{
    private readonly ReplicaScene _scene = new();

    [Fact]
    public void What_is_held_is_looked_at_again_soon_and_then_ever_more_rarely()
    {
        Hold("bad");
        double[] at = [1, 3, 7, 15, 31, 63, 123, 183];
        Assert.Equal(at, DueWithin(TimeSpan.FromSeconds(200)));
    }

    [Fact]
    public void What_is_held_again_after_it_was_let_go_is_not_tried_faster_for_that()
    {
        Hold("bad");
        Assert.Equal([1d, 3, 7, 15], DueWithin(TimeSpan.FromSeconds(20), () =>
        {
            _scene.Save("bad", "text");
            Hold("bad");
        }));
    }

    [Fact]
    public void What_went_well_for_long_is_tried_again_soon()
    {
        Hold("bad");
        DueWithin(TimeSpan.FromSeconds(100));
        _scene.Save("bad", "text");
        Assert.Empty(DueWithin(TimeSpan.FromSeconds(200)));
        Hold("bad");
        Assert.Equal([1d], DueWithin(TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public void What_a_start_cannot_look_at_is_not_taken_for_deleted_and_not_waited_for()
    {
        var store = new MemoryReplicaStore();
        var before = new ReplicaScene(store);
        before.JoinAt(2, Folder("bad", 1), File("bad/below", "text", 2));
        var scene = new ReplicaScene(store, isScanned: false);
        scene.Do(replica => replica.Observe(new Observation.Listing(RelativePath.Root, [new ListedItem(P("bad"), default, IsLookedAtApart: true)])));
        scene.Do(replica => replica.Observe(new Observation.Unfit(P("bad"), "why", IsDirectory: true)));
        scene.Do(replica => replica.FinishScan());
        scene.JoinAt(2);
        scene.BelieveAbsences();
        Assert.Empty(scene.Pushes());
        Assert.True(scene.Replica.IsSettled);
        Assert.Equal("why", Assert.Single(scene.Replica.Report().Held).Value);

        scene.Put("bad", null);
        scene.Put("bad/below", "text");
        scene.Look("bad");
        scene.Look("bad/below");
        Assert.Empty(scene.Replica.Report().Held);
        Assert.Empty(scene.Pushes());
    }

    [Fact]
    public void What_was_in_a_held_directory_is_gone_when_it_turns_out_to_be_a_file()
    {
        var store = new MemoryReplicaStore();
        new ReplicaScene(store).JoinAt(2, Folder("bad", 1), File("bad/below", "text", 2));
        var scene = new ReplicaScene(store, isScanned: false);
        scene.Do(replica => replica.Observe(new Observation.Unfit(P("bad"), "why", IsDirectory: true)));
        scene.Do(replica => replica.FinishScan());
        scene.JoinAt(2);
        scene.Save("bad", "a file by now");
        scene.BelieveAbsences();
        Assert.NotEmpty(scene.Pushes());
    }

    [Fact]
    public void What_is_listed_and_told_of_one_by_one_is_not_gone()
    {
        _scene.JoinAt(2, Folder("bad", 1), File("bad/below", "text", 2));
        _scene.Do(replica => replica.Observe(new Observation.Listing(RelativePath.Root, [new ListedItem(P("bad"), default, IsLookedAtApart: true)])));
        _scene.BelieveAbsences();
        Assert.Empty(_scene.Pushes());
    }

    [Fact]
    public void Content_that_the_disk_does_not_take_is_held_and_fetched_again_later()
    {
        _scene.Join(resumed: false, 1);
        _scene.Answer(1, File("big", "content", 1, inline: false));
        var fetch = Assert.Single(_scene.Effects().OfType<ReplicaEffect.Fetch>());
        _scene.Do(replica => replica.HoldFetch(fetch.Wanted, FileFault.TooLarge.Reason()));
        Assert.Contains("too large", Assert.Single(_scene.Replica.Report().Held).Value);
        Assert.True(_scene.Replica.IsSettled);
        _scene.Look("big");
        Assert.Single(_scene.Effects().OfType<ReplicaEffect.Fetch>());
    }

    private void Hold(string path) => _scene.Do(replica => replica.Observe(new Observation.Unfit(P(path), "why", IsDirectory: true)));

    /// <summary>When a second's tick finds something to look at.</summary>
    private List<double> DueWithin(TimeSpan time, Action? look = null)
    {
        var due = new List<double>();
        for (var second = 1; second <= time.TotalSeconds; second++)
        {
            _scene.Clock.Advance(TimeSpan.FromSeconds(1));
            if (_scene.Replica.Local.TakeHeldDue().Count == 0)
                continue;
            due.Add(second);
            look?.Invoke();
        }
        return due;
    }
}
