using Actors.Tests.Remote;

namespace Actors.Tests.Actor;

public sealed class FreeThreadTests : IDisposable
{
    private readonly FreeThread _thread = new(keepsOne: false);
    private readonly FreeThread _narrow = new(keepsOne: true);
    private readonly Work _first = new();
    private readonly Work _second = new();

    public void Dispose()
    {
        _thread.Release();
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public void A_thread_keeps_nothing_unless_it_is_about_to_be_free()
    {
        Assert.False(FreeThread.TryKeep(_first));
        _thread.Keep();
        Assert.True(FreeThread.TryKeep(_first));
        _thread.Release();
        Assert.False(FreeThread.TryKeep(_second));
    }

    [Fact]
    public void What_is_kept_is_run_in_order_and_once()
    {
        _thread.Keep();
        var order = new List<int>();
        for (var i = 0; i < 3; i++)
            Assert.True(FreeThread.TryKeep(new Noting(order, i)));

        while (_thread.TryRun())
            continue;

        Assert.Equal([0, 1, 2], order);
        Assert.False(_thread.HasWork);
    }

    [Fact]
    public void Where_nobody_takes_away_what_waits_two_pieces_of_work_both_go_to_others()
    {
        _narrow.Keep();

        Assert.True(FreeThread.TryKeep(_first));
        Assert.False(FreeThread.TryKeep(_second));

        Assert.True(_first.WasRun());
        Assert.False(_narrow.HasWork);
    }

    [Fact]
    public void Nothing_that_work_leaves_on_the_thread_reaches_the_next()
    {
        _thread.Keep();
        var local = new AsyncLocal<string>();
        string? seen = "not run";
        FreeThread.TryKeep(new Acting(() =>
        {
            local.Value = "left behind";
            SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
        }));
        FreeThread.TryKeep(new Acting(() => seen = local.Value + SynchronizationContext.Current));

        while (_thread.TryRun())
            continue;

        Assert.Equal("", seen);
    }

    private sealed class Noting(List<int> order, int number) : IThreadPoolWorkItem
    {
        public void Execute() => order.Add(number);
    }

    private sealed class Acting(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }
}
