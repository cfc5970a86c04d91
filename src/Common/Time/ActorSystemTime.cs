namespace Actors.Common;

/// <summary>The time that an actor system's scheduler counts by: a simulation and the test kit have one of their own.</summary>
public sealed class ActorSystemTime(ITimeProvider scheduler) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => scheduler.Now;

    public override long GetTimestamp() => scheduler.MonotonicClock.Ticks;
}
