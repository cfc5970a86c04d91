namespace Actors.Runtime;

/// <summary>A handle to one incarnation of an actor, here or elsewhere. Equal if path and incarnation are equal.</summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, IComparable
{
    /// <summary>Where the actor is.</summary>
    ActorPath Path { get; }
}
