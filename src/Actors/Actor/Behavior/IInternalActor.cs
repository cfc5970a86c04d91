namespace Actors.Runtime;

/// <summary>Gives the runtime an actor's context.</summary>
public interface IInternalActor
{
    /// <summary>The context of the actor.</summary>
    IActorContext ActorContext { get; }
}
