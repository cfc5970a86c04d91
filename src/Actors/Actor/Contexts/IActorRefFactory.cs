namespace Actors.Runtime;

/// <summary>Makes actors and finds them: an actor system or the context of an actor.</summary>
public interface IActorRefFactory
{
    /// <summary>Makes a child; without a name it gets one that begins with <c>$</c>.</summary>
    /// <exception cref="InvalidActorNameException">The name is not allowed or is taken.</exception>
    /// <exception cref="InvalidOperationException">The parent is stopping or has stopped.</exception>
    IActorRef ActorOf(Props props, string? name = null);

    /// <summary>Selects by a path.</summary>
    ActorSelection ActorSelection(ActorPath actorPath);

    /// <summary>Selects by a path, absolute or relative; <c>*</c> and <c>?</c> match several.</summary>
    ActorSelection ActorSelection(string actorPath);
}
