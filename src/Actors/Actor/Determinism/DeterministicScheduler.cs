namespace Actors.Runtime;

/// <summary>
/// The clock and the timers of one node on a <see cref="VirtualTime"/> that it shares with others. The node's clocks may
/// run fast or slow, and its time of day may jump.
/// </summary>
public sealed class DeterministicScheduler : SchedulerBase, IDisposable
{
    private readonly VirtualTime _time;
    private readonly DeterministicDispatcher _dispatcher;
    private readonly RuntimeEnvironment _environment;
    private TimeSpan _rateSince;
    private TimeSpan _clockAtRate;
    private double _rate = 1;
    private bool _isDisposed;

    internal DeterministicScheduler(VirtualTime time, DeterministicDispatcher dispatcher, RuntimeEnvironment environment)
    {
        _time = time;
        _dispatcher = dispatcher;
        _environment = environment;
        _rateSince = _clockAtRate = time.Elapsed;
    }

    /// <summary>How far the node's time of day is off.</summary>
    public TimeSpan WallClockOffset { get; set; }

    /// <summary>How fast the node's clocks run: 1 for exact, 1.01 for one percent fast. Timers that are set keep their moment.</summary>
    public double Rate
    {
        get => _rate;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, 0);
            _clockAtRate = MonotonicClock;
            _rateSince = _time.Elapsed;
            _rate = value;
        }
    }

    /// <inheritdoc/>
    public override TimeSpan MonotonicClock => _clockAtRate + Scale(_time.Elapsed - _rateSince, _rate);

    /// <inheritdoc/>
    protected override DateTimeOffset TimeNow => _time.Start + MonotonicClock + WallClockOffset;

    /// <summary>Ends all timers of the node.</summary>
    public void Dispose() => _isDisposed = true;

    internal override IScheduledWork Schedule(TimeSpan delay, TimeSpan? interval, Action action)
    {
        VirtualTime.VirtualTimer? timer = null;
        timer = _time.Set(Stretch(delay), interval is { } each ? Stretch(each) : null, () =>
        {
            if (_isDisposed || _environment.IsAbandoned)
                timer!.Cancel();
            else
                _dispatcher.Run(() => RunGuarded(action, timer!), _environment);
        });
        return timer;
    }

    // No timer is early by the node's own clock: whoever waited for a moment would wait for nothing again and again.
    private TimeSpan Stretch(TimeSpan time)
    {
        if (_rate == 1)
            return time;
        var stretched = TimeSpan.FromTicks((long)Math.Ceiling(time.Ticks / _rate));
        return Scale(stretched, _rate) < time ? stretched + TimeSpan.FromTicks(1) : stretched;
    }

    private static TimeSpan Scale(TimeSpan time, double rate) => rate == 1 ? time : TimeSpan.FromTicks((long)(time.Ticks * rate));
}
