namespace Actors.Runtime;

/// <summary>Can be told when an actor stops.</summary>
public interface ICanWatch
{
    /// <summary>Asks for <see cref="Terminated"/> when the actor stops; at once if it already has.</summary>
    IActorRef Watch(IActorRef subject);

    /// <summary>Asks for a message of one's own when the actor stops.</summary>
    IActorRef WatchWith(IActorRef subject, object message);

    /// <summary>Ends the watch; no notice comes after this returns.</summary>
    IActorRef Unwatch(IActorRef subject);
}
