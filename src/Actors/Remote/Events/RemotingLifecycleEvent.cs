using Actors.Event;

namespace Actors.Remote;

/// <summary>Something that happened to remoting or to one association; published on the event stream.</summary>
public abstract class RemotingLifecycleEvent
{
    /// <summary>The level at which the event is logged.</summary>
    public abstract LogLevel LogLevel();
}
