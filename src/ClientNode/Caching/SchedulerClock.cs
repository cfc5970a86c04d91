using Actors.Hosting;

namespace Actors.Client.Caching;

/// <summary>The actor system's clock, which a simulation owns.</summary>
public sealed class SchedulerClock(ITimeProvider scheduler) : INodeClock
{
    public DateTimeOffset UtcNow => scheduler.Now;

    public long MonotonicNanoseconds => scheduler.MonotonicClock.Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>How long a timer has to run that shall not end before then.</summary>
    public TimeSpan Until(long monotonicNs) =>
        TimeSpan.FromTicks(Math.Max(1, (monotonicNs - MonotonicNanoseconds) / TimeSpan.NanosecondsPerTick + 1));
}
