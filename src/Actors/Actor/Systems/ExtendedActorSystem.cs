namespace Actors.Runtime;

/// <summary>What extensions see of an actor system.</summary>
public abstract class ExtendedActorSystem : ActorSystem
{
    /// <summary>Makes and finds refs.</summary>
    public abstract IActorRefProvider Provider { get; }

    /// <summary>The ref <c>/user</c>.</summary>
    public abstract IInternalActorRef Guardian { get; }

    /// <summary>The ref <c>/system</c>.</summary>
    public abstract IInternalActorRef SystemGuardian { get; }

    /// <summary>Where lookups begin: the ref <c>/</c>.</summary>
    public abstract IInternalActorRef LookupRoot { get; }

    /// <summary>Makes an actor below <c>/system</c>.</summary>
    public abstract IActorRef SystemActorOf(Props props, string? name = null);

    /// <summary>Makes an actor below <c>/system</c>.</summary>
    public abstract IActorRef SystemActorOf<TActor>(string? name = null) where TActor : ActorBase, new();

    /// <summary>Stops the system without its coordinated shutdown.</summary>
    public abstract void Abort();

    /// <summary>The tree of actors, one line each.</summary>
    public abstract string PrintTree();
}
