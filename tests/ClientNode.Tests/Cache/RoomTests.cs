using Actors.Client.Cache;

namespace Actors.Client.Tests.Cache;

public sealed class RoomTests
{
    private readonly ReplicaScene _scene = new();

    public RoomTests()
    {
        _scene.Join(resumed: false, 1);
        _scene.Answer(1, ReplicaScene.File("big", "too much", 1, inline: false));
        var fetch = Assert.Single(_scene.Effects().OfType<ReplicaEffect.Fetch>());
        _scene.Do(replica => replica.HoldForRoom(fetch.Wanted, 5_000_000));
    }

    [Fact]
    public void What_does_not_fit_is_held_and_not_waited_for()
    {
        Assert.Contains("5 MB are free", Assert.Single(_scene.Replica.Report().Held).Value);
        Assert.True(_scene.Replica.IsSettled);
    }

    [Fact]
    public void It_is_fetched_when_it_is_looked_at_again_and_there_is_room()
    {
        _scene.Look("big");
        var fetch = Assert.Single(_scene.Effects().OfType<ReplicaEffect.Fetch>());
        _scene.Stage("part", "too much");
        _scene.Do(replica => replica.Remote.Content.TakeFetched(fetch.Wanted, "part"));
        Assert.Equal("too much", _scene.Text("big"));
        Assert.Empty(_scene.Replica.Report().Held);
    }

    [Fact]
    public void Deleted_by_whoever_made_it_it_stands_in_nobodys_way()
    {
        _scene.Notice(2, ("big", 2));
        _scene.Answer(2, ReplicaScene.Gone("big", 2));
        Assert.Equal(2ul, _scene.Replica.Remote.Position!.Value.Cursor);
        _scene.Look("big");
        Assert.Empty(_scene.Replica.Report().Held);
        Assert.Empty(_scene.Effects().OfType<ReplicaEffect.Fetch>());
        Assert.True(_scene.Replica.IsSettled);
    }
}
