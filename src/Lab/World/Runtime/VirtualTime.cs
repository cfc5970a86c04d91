namespace Actors.Lab.World;

/// <summary>
/// A time that stands still until it is moved, and then stops at every timer that is due, in order. Timers due at the
/// same moment fire in the order in which they were set.
/// </summary>
internal sealed class VirtualTime
{
    private readonly PriorityQueue<VirtualTimer, (TimeSpan Due, long Number)> _timers = new();
    private long _timersSet;

    /// <summary>Creates a time that begins at a moment.</summary>
    public VirtualTime(DateTimeOffset start) => Start = start;

    /// <summary>The time of day at the beginning.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>How much time has passed.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>When the next timer is due, or null if there is none.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            while (_timers.TryPeek(out var timer, out var key))
            {
                if (!timer.IsCancelled)
                    return key.Due;
                _timers.Dequeue();
            }
            return null;
        }
    }

    internal void Set(TimeSpan delay, Action action) => Set(delay, null, null, action);

    /// <param name="delay">From now.</param>
    /// <param name="interval">Between two times; null: once.</param>
    /// <param name="cancelable">Ends it; null: nothing does.</param>
    /// <param name="action">Checks itself whether its process still exists.</param>
    internal void Set(TimeSpan delay, TimeSpan? interval, ICancelable? cancelable, Action action) =>
        Enqueue(new VirtualTimer(action, interval, cancelable), Elapsed + delay);

    /// <summary>Moves to the next timer and takes it out; null if none is due by then, and the time is that limit.</summary>
    internal Action? MoveTo(TimeSpan limit)
    {
        if (NextDue is not { } due || due > limit)
        {
            Elapsed = limit > Elapsed ? limit : Elapsed;
            return null;
        }
        var timer = _timers.Dequeue();
        Elapsed = due > Elapsed ? due : Elapsed;
        if (timer.Interval is { } interval)
            Enqueue(timer, due + interval);
        return timer.Action;
    }

    private void Enqueue(VirtualTimer timer, TimeSpan due) => _timers.Enqueue(timer, (due, _timersSet++));

    private sealed record VirtualTimer(Action Action, TimeSpan? Interval, ICancelable? Cancelable)
    {
        public bool IsCancelled => Cancelable is { IsCancellationRequested: true };
    }
}
