using Actors.Client.Connection;
using Actors.NodeShell;

namespace Actors.Client.Tests.Connection;

public sealed class StoryRelayTests : TestKit, IDisposable
{
    private readonly StoryRelay _relay = new();
    private long _told;

    public new void Dispose()
    {
        base.Dispose();
        Shutdown();
    }

    [Fact]
    public void Who_sends_the_lines_is_called_once_until_they_are_taken()
    {
        _relay.SendBy(TestActor);
        Tell(StoryRelay.LinesMax);
        ExpectMsg<ConnectionActor.StoryWaits>();
        ExpectNoMsg(TimeSpan.FromMilliseconds(100));

        _relay.Take();
        Tell(1);
        ExpectMsg<ConnectionActor.StoryWaits>();
    }

    [Fact]
    public void A_burst_of_lines_is_few_messages_and_a_call_that_is_lost_is_made_good()
    {
        _relay.SendBy(TestActor);
        Tell(10_000);
        Assert.InRange(ReceiveWhile(TimeSpan.FromMilliseconds(200), message => message as ConnectionActor.StoryWaits).Count, 2, 10_000 / StoryRelay.LinesMax + 1);
    }

    [Fact]
    public void The_newest_lines_are_kept_and_what_has_given_way_is_one_line_in_its_place()
    {
        Tell(10_000);
        var lines = _relay.Take();
        Assert.Equal(StoryRelay.LinesMax + 1, lines.Count);
        Assert.Equal("9744 more lines were not sent to the console", lines[0].Text);
        Assert.Equal(Enumerable.Range(9_744, StoryRelay.LinesMax + 1).Select(n => (long)n), lines.Select(line => line.Number));

        // It was told: the next gap counts anew.
        Tell(StoryRelay.LinesMax + 1);
        Assert.Equal("1 more line was not sent to the console", _relay.Take()[0].Text);
        Assert.Empty(_relay.Take());
    }

    [Fact]
    public void Lines_that_were_not_taken_are_for_the_next_sender()
    {
        var first = CreateTestProbe();
        _relay.SendBy(first.Ref);
        Tell(2);
        first.ExpectMsg<ConnectionActor.StoryWaits>();
        _relay.SendBy(TestActor);
        Assert.Equal([1L, 2L], ExpectMsg<ConnectionActor.StoryWaits>().Story.Take().Select(line => line.Number));
    }

    private void Tell(int lines)
    {
        for (var i = 0; i < lines; i++)
            _relay.Narrate(new StoryLine(++_told, DateTimeOffset.UnixEpoch, "a line"));
    }
}
