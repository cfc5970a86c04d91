using Xunit;

namespace Actors.Tests.Remote;

public sealed class ReadingTurnTests
{
    private int _readersMore;

    [Fact]
    public void A_thread_that_is_still_in_the_run_of_the_last_look_loses_its_turn()
    {
        var turn = new ReadingTurn(() => _readersMore++);
        turn.BeginRun();

        Assert.True(turn.Look());
        Assert.False(turn.IsLost);
        Assert.True(turn.Look());

        Assert.True(turn.IsLost);
        Assert.Equal(1, _readersMore);
        Assert.False(turn.EndRun());
    }

    [Fact]
    public void A_thread_that_runs_something_else_at_every_look_keeps_its_turn()
    {
        var turn = new ReadingTurn(() => _readersMore++);
        for (var run = 0; run < 3; run++)
        {
            turn.BeginRun();
            Assert.True(turn.Look());
            Assert.True(turn.EndRun());
        }
        turn.BeginRun();

        turn.Look();

        Assert.False(turn.IsLost);
        Assert.Equal(0, _readersMore);
    }

    [Fact]
    public void A_thread_that_waits_for_bytes_never_loses_its_turn()
    {
        var turn = new ReadingTurn(() => _readersMore++);
        turn.BeginRun();
        turn.EndRun();

        Assert.True(turn.Look());
        Assert.False(turn.Look());
        Assert.False(turn.Look());

        Assert.False(turn.IsLost);
        Assert.Equal(0, _readersMore);
    }

    [Fact]
    public void What_a_thread_that_lost_its_turn_has_kept_is_run_by_others()
    {
        using var first = new Work();
        using var later = new Work();
        var turn = new ReadingTurn(() => _readersMore++);
        turn.Thread.Keep();
        try
        {
            Assert.True(FreeThread.TryKeep(first));
            turn.BeginRun();
            turn.Look();
            turn.Look();

            Assert.True(first.WasRun());
            Assert.False(FreeThread.TryKeep(later));
        }
        finally
        {
            turn.Thread.Release();
        }
    }
}
