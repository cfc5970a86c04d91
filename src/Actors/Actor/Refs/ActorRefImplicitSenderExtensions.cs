namespace Actors.Runtime;

/// <summary>Sending in the name of the actor that runs at the moment.</summary>
public static class ActorRefImplicitSenderExtensions
{
    /// <summary>Sends a message from the actor that runs at the moment, or from nobody outside of actors.</summary>
    public static void Tell(this IActorRef receiver, object message) => receiver.Tell(message, ActorCell.GetCurrentSelfOrNoSender());

    /// <summary>Passes a message on: the receiver sees the original sender.</summary>
    public static void Forward(this IActorRef receiver, object message) => receiver.Tell(message, ActorCell.GetCurrentSenderOrNoSender());
}
