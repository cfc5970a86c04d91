namespace Actors.Runtime;

/// <summary>Stopping an actor and knowing when it has stopped.</summary>
public static class GracefulStopSupport
{
    /// <summary>Sends <see cref="PoisonPill"/>; true once the actor has stopped, cancelled if it does not stop in time.</summary>
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) => target.GracefulStop(timeout, PoisonPill.Instance);

    /// <summary>Sends a message that makes the actor stop; true once it has stopped, cancelled if it does not stop in time.</summary>
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        Task<bool> ended = new EndOfActor((IInternalActorRef)target).Watch(timeout, CancellationToken.None);
        target.Tell(stopMessage, ActorRefs.NoSender);
        return ended;
    }
}
