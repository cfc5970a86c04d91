namespace Actors.Runtime;

/// <summary>What the runtime itself does with a ref. Not for use in actors.</summary>
public interface IInternalActorRef : IActorRef, IActorRefScope
{
    /// <summary>The ref of the supervisor, or Nobody.</summary>
    IInternalActorRef Parent { get; }

    /// <summary>The provider that made the ref.</summary>
    IActorRefProvider Provider { get; }

    /// <summary>True if the actor is known to have stopped.</summary>
    bool IsTerminated { get; }

    /// <summary>The ref below this one; <c>..</c> goes up, an empty name stays. Nobody if there is none.</summary>
    IActorRef GetChild(IReadOnlyList<string> name);

    /// <summary>Lets a suspended actor go on.</summary>
    void Resume(Exception? causedByFailure = null);

    /// <summary>Starts the actor.</summary>
    void Start();

    /// <summary>Stops the actor after the message that it is working on.</summary>
    void Stop();

    /// <summary>Replaces the actor by a new instance.</summary>
    void Restart(Exception cause);

    /// <summary>Keeps the actor from working on ordinary messages.</summary>
    void Suspend();

    /// <summary>Sends a message that is handled before all ordinary ones.</summary>
    void SendSystemMessage(ISystemMessage message);
}
