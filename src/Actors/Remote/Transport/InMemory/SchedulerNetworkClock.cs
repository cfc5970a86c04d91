using Actors.Runtime;

namespace Actors.Remote;

/// <summary>A network that runs on a scheduler's time.</summary>
internal sealed class SchedulerNetworkClock(SchedulerBase scheduler) : INetworkClock
{
    public TimeSpan Now => scheduler.MonotonicClock;

    public void Schedule(TimeSpan delay, Action action) => scheduler.Schedule(delay, null, action);
}
