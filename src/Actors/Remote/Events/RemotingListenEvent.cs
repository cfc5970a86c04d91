using Actors.Event;
using Actors.Runtime;

namespace Actors.Remote;

/// <summary>Remoting is ready: other systems can connect.</summary>
public sealed class RemotingListenEvent : RemotingLifecycleEvent
{
    /// <summary>Creates the event.</summary>
    public RemotingListenEvent(IList<Address> listenAddresses) => ListenAddresses = listenAddresses;

    /// <summary>The addresses by which this system is reached.</summary>
    public IList<Address> ListenAddresses { get; }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.InfoLevel;

    /// <inheritdoc/>
    public override string ToString() => $"Remoting now listens on addresses: [{string.Join(",", ListenAddresses)}]";
}
