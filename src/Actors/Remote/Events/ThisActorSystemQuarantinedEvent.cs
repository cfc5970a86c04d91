using Actors.Event;
using Actors.Runtime;

namespace Actors.Remote;

/// <summary>Another system gave this incarnation up; only a new <see cref="ActorSystem"/> will be let in there.</summary>
public sealed class ThisActorSystemQuarantinedEvent : RemotingLifecycleEvent
{
    /// <summary>Creates the event.</summary>
    public ThisActorSystemQuarantinedEvent(Address localAddress, Address remoteAddress)
    {
        LocalAddress = localAddress;
        RemoteAddress = remoteAddress;
    }

    /// <summary>The address of this system.</summary>
    public Address LocalAddress { get; }

    /// <summary>The system that refuses this one.</summary>
    public Address RemoteAddress { get; }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.WarningLevel;

    /// <inheritdoc/>
    public override string ToString() => $"The remote system {RemoteAddress} has quarantined this system {LocalAddress}.";
}
