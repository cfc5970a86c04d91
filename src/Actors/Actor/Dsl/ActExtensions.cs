namespace Actors.Runtime.Dsl;

/// <summary>Makes actors that a function describes.</summary>
public static class ActExtensions
{
    /// <summary>Makes an actor.</summary>
    public static IActorRef ActorOf(this IActorRefFactory factory, Action<IActorDsl> config, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return factory.ActorOf(Props.Create(() => new Act(config)), name);
    }

    /// <summary>Makes an actor; the function gets its context too.</summary>
    public static IActorRef ActorOf(this IActorRefFactory factory, Action<IActorDsl, IActorContext> config, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return factory.ActorOf(Props.Create(() => new Act(config)), name);
    }
}
