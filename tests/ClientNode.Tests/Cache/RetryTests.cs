using Actors.Client.Cache;
using Actors.Messages;

namespace Actors.Client.Tests.Cache;

public sealed class RetryTests
{
    private readonly ReplicaScene _scene = new();

    public RetryTests()
    {
        _scene.JoinAt(0);
        _scene.Save("notes.txt", "mine");
    }

    [Fact]
    public void A_push_without_an_outcome_is_sent_again_after_pauses_that_double_up_to_thirty_seconds()
    {
        var push = Assert.Single(_scene.Pushes());
        Assert.Equal([5, 15, 35, 65, 95], SentAgainAfterSeconds(100, push.Counter));
    }

    [Fact]
    public void A_server_that_says_that_it_cannot_write_is_asked_every_five_seconds_as_it_may_be_mended_any_moment()
    {
        var push = Assert.Single(_scene.Pushes());
        Assert.Equal([5, 10, 15, 20, 25, 30, 35, 40], SentAgainAfterSeconds(40, push.Counter, () => _scene.Do(
            replica => replica.Outgoing.Refuse(new RefusedPush(push.Counter, PushRejection.Unavailable, [], "disk full"), 0))));
    }

    [Fact]
    public void A_push_that_was_sent_often_is_named_until_it_has_an_outcome()
    {
        var push = Assert.Single(_scene.Pushes());
        Assert.Empty(_scene.Replica.Report().Overdue);
        SentAgainAfterSeconds(20, push.Counter);
        Assert.StartsWith("notes.txt: sent 3 times", Assert.Single(_scene.Replica.Report().Overdue));
        _scene.Accept(push.Counter, 1, 1);
        Assert.Empty(_scene.Replica.Report().Overdue);
    }

    [Fact]
    public void A_push_that_the_server_has_put_off_is_named_with_its_reason()
    {
        var push = Assert.Single(_scene.Pushes());
        _scene.Do(replica => replica.Outgoing.Refuse(new RefusedPush(push.Counter, PushRejection.Unavailable, [], "the server cannot write: the disk is full"), 0));
        Assert.Contains("put off because the server cannot write: the disk is full", Assert.Single(_scene.Replica.Report().Overdue));
    }

    private List<int> SentAgainAfterSeconds(int seconds, ulong counter, Action? afterEach = null)
    {
        var sent = new List<int>();
        for (var second = 1; second <= seconds; second++)
        {
            _scene.Clock.Advance(TimeSpan.FromSeconds(1));
            _scene.Do(replica => replica.Tick());
            if (_scene.Pushes().Count == 0)
                continue;
            sent.Add(second);
            Assert.Equal(counter, Assert.Single(_scene.Replica.Outgoing.InDoubt).Counter);
            afterEach?.Invoke();
        }
        return sent;
    }
}
