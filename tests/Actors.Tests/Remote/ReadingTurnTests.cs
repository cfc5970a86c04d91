namespace Actors.Tests.Remote;

public sealed class ReadingTurnTests
{
    private int _readersMore;

    [Fact]
    public void A_thread_that_is_still_in_the_run_of_the_last_look_loses_its_turn()
    {
        var turn = new ReadingTurn(_ => _readersMore++);
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
        var turn = new ReadingTurn(_ => _readersMore++);
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
        var turn = new ReadingTurn(_ => _readersMore++);
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
        var turn = new ReadingTurn(_ => _readersMore++);
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

    [Fact]
    public void A_write_that_a_thread_had_begun_when_it_lost_its_turn_is_taken_by_exactly_one()
    {
        var taken = 0;
        var turn = new ReadingTurn(lost => taken += lost.TryEndWriting() ? 1 : 0);
        Assert.True(turn.TryTakeWriting());
        turn.BeginRun();
        turn.Look();
        turn.Look();

        Assert.Equal(1, taken);
        Assert.False(turn.Writes);
        Assert.False(turn.TryTakeWriting());
        Assert.False(turn.Writes);
    }

    [Fact]
    public void What_is_given_to_a_thread_that_sleeps_is_given_back()
    {
        using var work = new Work();
        var turn = new ReadingTurn(_ => _readersMore++);
        Assert.True(turn.TryFallAsleep());

        Assert.False(turn.TryGive(work));
        Assert.False(turn.Thread.HasWork);

        turn.WakeUp();
        Assert.True(turn.TryGive(work));
        Assert.True(turn.Thread.HasWork);
    }

    [Fact]
    public void A_thread_with_something_to_run_does_not_fall_asleep()
    {
        using var work = new Work();
        var turn = new ReadingTurn(_ => _readersMore++);
        Assert.True(turn.TryGive(work));

        Assert.False(turn.TryFallAsleep());
        Assert.True(turn.Thread.TryRun());

        Assert.True(work.WasRun());
        Assert.True(turn.TryFallAsleep());
    }

    [Fact]
    public void A_thread_that_has_lost_its_turn_is_given_nothing()
    {
        using var work = new Work();
        var turn = new ReadingTurn(_ => _readersMore++);
        turn.BeginRun();
        turn.Look();
        turn.Look();

        Assert.False(turn.TryGive(work));
    }
}
