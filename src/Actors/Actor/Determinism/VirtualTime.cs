namespace Actors.Runtime;

/// <summary>
/// A time that stands still until it is moved, and then stops at every timer that is due, in order. Timers due at the
/// same moment fire in the order in which they were set.
/// </summary>
public sealed class VirtualTime
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
            while (_timers.TryPeek(out VirtualTimer? timer, out (TimeSpan Due, long) key))
            {
                if (!timer.IsCancelled)
                    return key.Due;
                _timers.Dequeue();
            }
            return null;
        }
    }

    internal VirtualTimer Set(TimeSpan delay, TimeSpan? interval, Action action)
    {
        var timer = new VirtualTimer(action, interval);
        Enqueue(timer, Elapsed + delay);
        return timer;
    }

    /// <summary>Moves to the next timer and takes it out; null if none is due by then, and the time is that limit.</summary>
    internal Action? MoveTo(TimeSpan limit)
    {
        if (NextDue is not { } due || due > limit)
        {
            Elapsed = limit > Elapsed ? limit : Elapsed;
            return null;
        }
        VirtualTimer timer = _timers.Dequeue();
        Elapsed = due > Elapsed ? due : Elapsed;
        if (timer.Interval is { } interval)
            Enqueue(timer, due + interval);
        return timer.Action;
    }

    private void Enqueue(VirtualTimer timer, TimeSpan due) => _timers.Enqueue(timer, (due, _timersSet++));

    /// <summary>A timer. Its action checks for itself whether its node still is.</summary>
    internal sealed class VirtualTimer(Action action, TimeSpan? interval) : IScheduledWork
    {
        public Action Action => action;

        public TimeSpan? Interval => interval;

        public bool IsCancelled { get; private set; }

        public void Cancel() => IsCancelled = true;
    }
}
