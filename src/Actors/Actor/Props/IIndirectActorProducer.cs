namespace Actors.Runtime;

/// <summary>Makes the instances of an actor in a way of its own.</summary>
public interface IIndirectActorProducer
{
    /// <summary>The type of the actors.</summary>
    Type ActorType { get; }

    /// <summary>Makes an instance; called again for each restart.</summary>
    ActorBase Produce();

    /// <summary>Gives an instance back that is no longer used.</summary>
    void Release(ActorBase actor);
}
