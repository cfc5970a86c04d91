using Actors.Hosting;

namespace Actors.Client.Caching;

/// <summary>The actor system's clock, which a simulation owns.</summary>
public sealed class SchedulerClock(ITimeProvider scheduler) : INodeClock
{
    public DateTimeOffset UtcNow => scheduler.Now;

    public long MonotonicNanoseconds => scheduler.MonotonicClock.Ticks * TimeSpan.NanosecondsPerTick;
}
