namespace Actors.Lab.World;

/// <summary>A machine's time of day, and the clocks of the processes on it. It may run fast or slow, and it may jump.</summary>
internal sealed class MachineClock
{
    private readonly SimulatedWorld _world;
    private TimeSpan _rateSince;
    private TimeSpan _monotonicAtRate;
    private TimeSpan _jumped;
    private double _rate = 1;

    internal MachineClock(SimulatedWorld world)
    {
        _world = world;
        _rateSince = _monotonicAtRate = world.Now;
    }

    /// <summary>1: exact; 1.01: one percent fast. Timers that are set keep their moment.</summary>
    public double Rate
    {
        get => _rate;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, 0);
            _monotonicAtRate = Monotonic;
            _rateSince = _world.Now;
            _rate = value;
        }
    }

    /// <summary>What counts durations.</summary>
    public TimeSpan Monotonic => _monotonicAtRate + Scale(_world.Now - _rateSince);

    /// <summary>How far the time of day is ahead of the world's.</summary>
    public TimeSpan Ahead => Monotonic + _jumped - _world.Now;

    public DateTimeOffset Now => _world.Runtime.Time.Start + Monotonic + _jumped;

    /// <summary>The clock is set. Measured durations are not affected.</summary>
    public void Jump(TimeSpan by) => _jumped += by;

    /// <summary>How long it takes in the world's time until this much has passed here.</summary>
    internal TimeSpan Stretch(TimeSpan time)
    {
        if (_rate == 1)
            return time;
        // No timer is early by the machine's own clock: code that waits for a moment would find it not reached, and set the same timer again and again.
        var stretched = TimeSpan.FromTicks((long)Math.Ceiling(time.Ticks / _rate));
        return Scale(stretched) < time ? stretched + TimeSpan.FromTicks(1) : stretched;
    }

    private TimeSpan Scale(TimeSpan time) => _rate == 1 ? time : TimeSpan.FromTicks((long)(time.Ticks * _rate));
}
