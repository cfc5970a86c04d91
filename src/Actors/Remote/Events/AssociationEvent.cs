using Actors.Runtime;

namespace Actors.Remote;

/// <summary>Something that happened to the association with one remote system.</summary>
public abstract class AssociationEvent : RemotingLifecycleEvent
{
    /// <summary>What happened, in one word.</summary>
    protected string EventName = "";

    /// <summary>The address of this system.</summary>
    public abstract Address LocalAddress { get; protected set; }

    /// <summary>The address of the other system.</summary>
    public abstract Address RemoteAddress { get; protected set; }

    /// <summary>Whether the other system made the connection.</summary>
    public abstract bool IsInbound { get; protected set; }

    /// <inheritdoc/>
    public override string ToString() => $"{EventName} [{LocalAddress}] {(IsInbound ? "<-" : "->")} {RemoteAddress}";
}
