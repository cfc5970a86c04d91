using Actors.Configuration;
using Actors.Runtime;

namespace Actors.Testing;

/// <summary>
/// A scheduler whose time a test moves. A system of the test kit has it with <c>akka.scheduler.implementation =
/// "Akka.TestKit.TestScheduler, Akka.TestKit"</c>. It stops at every moment at which something is due, so that what
/// repeats runs as often as it would have.
/// </summary>
public sealed class TestScheduler : SchedulerBase
{
    private readonly VirtualTime _time = new(TestClock.TimeOfDay);
    private readonly Lock _lock = new();

    internal TestScheduler() { }

    /// <inheritdoc/>
    public override TimeSpan MonotonicClock
    {
        get
        {
            lock (_lock)
                return _time.Elapsed;
        }
    }

    /// <inheritdoc/>
    protected override DateTimeOffset TimeNow => _time.Start + MonotonicClock;

    /// <summary>Moves the time, and runs what is due on this thread. What throws ends the move.</summary>
    public void Advance(TimeSpan offset)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(offset, TimeSpan.Zero);
        TimeSpan end = MonotonicClock + offset;
        while (NextUntil(end) is { } due)
            due();
    }

    /// <summary>Moves the time to a moment; see <see cref="Advance"/>.</summary>
    /// <exception cref="InvalidOperationException">The moment is over.</exception>
    public void AdvanceTo(DateTimeOffset when)
    {
        TimeSpan offset = when - Now;
        if (offset < TimeSpan.Zero)
            throw new InvalidOperationException($"Time does not go back: it is {Now}, and {when} is over");
        Advance(offset);
    }

    internal static bool IsWanted(Config config) =>
        config.GetString("akka.scheduler.implementation", "").Split(',')[0].EndsWith("." + nameof(TestScheduler), StringComparison.Ordinal);

    internal override IScheduledWork Schedule(TimeSpan delay, TimeSpan? interval, Action action)
    {
        lock (_lock)
            return _time.Set(delay, interval, action);
    }

    private Action? NextUntil(TimeSpan end)
    {
        lock (_lock)
            return _time.MoveTo(end);
    }
}
