namespace Actors.Runtime;

/// <summary>Short forms.</summary>
public static class ActorRefFactoryExtensions
{
    /// <summary>Makes an actor by its parameterless constructor.</summary>
    public static IActorRef ActorOf<TActor>(this IActorRefFactory factory, string? name = null) where TActor : ActorBase, new() =>
        factory.ActorOf(Props.Create<TActor>(), name);

    /// <summary>Selects relative to an actor.</summary>
    public static ActorSelection ActorSelection(this IActorRefFactory factory, IActorRef anchorRef, string actorPath)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return new ActorSelection(anchorRef, actorPath);
    }
}
