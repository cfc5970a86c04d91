using Actors.Runtime.SystemMessages;

namespace Actors.Runtime;

/// <summary>
/// Brings the continuations of one asynchronous handler back to its actor. It remembers the message and the sender
/// that the handler was called with.
/// </summary>
internal sealed class ActorTaskContext(ActorCell cell, int instance, object? message, IActorRef? sender) : SynchronizationContext
{
    /// <summary>The number of the instance that the handler belongs to; a restart leaves it behind.</summary>
    public int Instance => instance;

    public object? Message => message;

    public IActorRef? Sender => sender;

    public override void Post(SendOrPostCallback d, object? state) => cell.SendSystemMessage(new AsyncContinuation(this, d, state));

    public void Ended(Task task) => cell.SendSystemMessage(new AsyncCompleted(this, task));

    /// <exception cref="NotSupportedException">Always: an actor cannot be waited for.</exception>
    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Use Post");

    public override SynchronizationContext CreateCopy() => this;
}
