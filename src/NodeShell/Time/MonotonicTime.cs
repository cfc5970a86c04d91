namespace Actors.NodeShell;

public static class MonotonicTime
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Nanoseconds on a clock that never goes back; its zero means nothing.</summary>
    public static long MonotonicNanoseconds(this TimeProvider time) =>
        (long)((Int128)time.GetTimestamp() * NanosecondsPerSecond / time.TimestampFrequency);

    public static long ToNanoseconds(this TimeSpan span) => span.Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>How long a timer has to run that shall not end before then.</summary>
    public static TimeSpan Until(this TimeProvider time, long monotonicNs) =>
        TimeSpan.FromTicks(Math.Max(1, (monotonicNs - time.MonotonicNanoseconds()) / TimeSpan.NanosecondsPerTick + 1));
}

/// <summary>The time that an actor system's scheduler counts by: a simulation and the test kit have one of their own.</summary>
public sealed class ActorSystemTime(ITimeProvider scheduler) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => scheduler.Now;

    public override long GetTimestamp() => scheduler.MonotonicClock.Ticks;
}
