namespace Actors.Runtime;

/// <summary>A ref with no actor behind it: it has a path, and what it is told is dropped unless a subclass does something.</summary>
public abstract class MinimalActorRef : InternalActorRefBase
{
    /// <inheritdoc/>
    public override IInternalActorRef Parent => ActorRefs.Nobody;

    /// <inheritdoc/>
    public override bool IsTerminated => false;

    /// <inheritdoc/>
    public override bool IsLocal => true;

    /// <inheritdoc/>
    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        foreach (string element in name)
        {
            if (element.Length > 0)
                return ActorRefs.Nobody;
        }
        return this;
    }

    /// <inheritdoc/>
    public override void Resume(Exception? causedByFailure = null) { }

    /// <inheritdoc/>
    public override void Start() { }

    /// <inheritdoc/>
    public override void Stop() { }

    /// <inheritdoc/>
    public override void Restart(Exception cause) { }

    /// <inheritdoc/>
    public override void Suspend() { }

    /// <inheritdoc/>
    public override void SendSystemMessage(ISystemMessage message) { }

    /// <inheritdoc/>
    protected override void TellInternal(object message, IActorRef sender) { }
}
