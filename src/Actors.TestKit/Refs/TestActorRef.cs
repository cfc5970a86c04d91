using Actors.Runtime;

namespace Actors.Testing;

/// <inheritdoc cref="TestActorRefBase{TActor}"/>
public class TestActorRef<TActor> : TestActorRefBase<TActor>
    where TActor : ActorBase
{
    /// <summary>Creates the actor, below <c>/user</c> or another actor.</summary>
    public TestActorRef(ActorSystem system, Props actorProps, IActorRef? supervisor = null, string? name = null)
        : base(system, actorProps, supervisor, name)
    {
    }
}
