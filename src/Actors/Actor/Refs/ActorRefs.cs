namespace Actors.Runtime;

/// <summary>Refs that stand for nobody.</summary>
public static class ActorRefs
{
    /// <summary>A ref that leads nowhere.</summary>
    public static readonly Nobody Nobody = Nobody.Instance;

    /// <summary>The sender of messages that have none: null.</summary>
    public static readonly IActorRef? NoSender;
}
