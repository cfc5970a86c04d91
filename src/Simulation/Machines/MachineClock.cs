using Actors.Runtime;

namespace Actors.Simulation;

/// <summary>A machine's time of day, and the clocks of the processes on it. It may run fast or slow, and it may jump.</summary>
public sealed class MachineClock
{
    private readonly World _world;
    private readonly List<DeterministicScheduler> _schedulers = [];
    private TimeSpan _rateSince;
    private TimeSpan _aheadAtRate;
    private double _rate = 1;

    internal MachineClock(World world) => _world = world;

    /// <summary>1: exact; 1.01: one percent fast.</summary>
    public double Rate
    {
        get => _rate;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, 0);
            _aheadAtRate = Ahead;
            _rateSince = _world.Now;
            _rate = value;
            foreach (var scheduler in _schedulers)
                scheduler.Rate = value;
        }
    }

    /// <summary>How far the time of day is ahead of the world's.</summary>
    public TimeSpan Ahead => _aheadAtRate + TimeSpan.FromTicks((long)((_world.Now - _rateSince).Ticks * (_rate - 1)));

    public DateTimeOffset Now => _world.Runtime.Time.Start + _world.Now + Ahead;

    /// <summary>Somebody sets the clock. What counts durations does not notice.</summary>
    public void Jump(TimeSpan by)
    {
        _aheadAtRate += by;
        foreach (var scheduler in _schedulers)
            scheduler.WallClockOffset += by;
    }

    internal DeterministicScheduler CreateScheduler(RuntimeEnvironment environment)
    {
        var scheduler = new DeterministicScheduler(_world.Runtime.Time, _world.Runtime.Dispatcher, environment)
        {
            WallClockOffset = Ahead,
            Rate = _rate,
        };
        _schedulers.Add(scheduler);
        return scheduler;
    }
}
