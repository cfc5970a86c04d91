namespace Actors.Runtime;

/// <summary>Runs actors: decides on which thread, in which order, and how many messages at a time.</summary>
public abstract class MessageDispatcher
{
    /// <summary>Creates a dispatcher.</summary>
    protected MessageDispatcher(string id, int throughput)
    {
        Id = id;
        Throughput = throughput;
    }

    /// <summary>The configuration path.</summary>
    public string Id { get; }

    /// <summary>How many messages an actor handles before others get their turn.</summary>
    public int Throughput { get; }

    /// <summary>
    /// How tasks that the runtime completes run their continuations: elsewhere, unless the dispatcher has to keep
    /// everything on its own thread.
    /// </summary>
    internal virtual TaskCreationOptions CompletionOptions => TaskCreationOptions.RunContinuationsAsynchronously;

    /// <summary>Sees every message just before its actor handles it, or null.</summary>
    internal virtual Action<ActorCell, object>? InvocationObserver => null;

    /// <summary>Runs an action that belongs to no actor.</summary>
    public abstract void Schedule(Action run);

    /// <summary>What runs the mailbox of one actor.</summary>
    internal abstract IMailboxExecutor ExecutorFor(ActorCell cell);
}
