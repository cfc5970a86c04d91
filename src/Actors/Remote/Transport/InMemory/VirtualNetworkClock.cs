using Actors.Runtime;

namespace Actors.Remote;

/// <summary>A network that runs on virtual time, in the one thread of a deterministic runtime.</summary>
internal sealed class VirtualNetworkClock(DeterministicRuntime runtime) : INetworkClock
{
    public TimeSpan Now => runtime.Time.Elapsed;

    public void Schedule(TimeSpan delay, Action action) => runtime.Time.Set(delay, null, () => runtime.Dispatcher.Run(action, null));
}
