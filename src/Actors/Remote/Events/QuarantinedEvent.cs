using Actors.Event;
using Actors.Runtime;

namespace Actors.Remote;

/// <summary>This system gave up one incarnation of another; only a restart of that one mends it.</summary>
public sealed class QuarantinedEvent : RemotingLifecycleEvent
{
    /// <summary>Creates the event.</summary>
    public QuarantinedEvent(Address address, int uid)
    {
        Address = address;
        Uid = uid;
    }

    /// <summary>The address of the other system.</summary>
    public Address Address { get; }

    /// <summary>Its incarnation.</summary>
    public int Uid { get; }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.WarningLevel;

    /// <inheritdoc/>
    public override string ToString() =>
        $"Association to [{Address}] having UID [{Uid}] is irrecoverably failed. UID is now quarantined and all messages to this UID " +
        "will be delivered to dead letters. Remote actorsystem must be restarted to recover from this situation.";
}
