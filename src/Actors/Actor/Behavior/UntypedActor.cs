namespace Actors.Runtime;

/// <summary>An actor that tells its messages apart by itself.</summary>
public abstract class UntypedActor : ActorBase
{
    /// <summary>The context of the actor that runs at the moment.</summary>
    protected static new IUntypedActorContext Context => ActorCell.Current ?? throw NoContext();

    /// <inheritdoc/>
    protected sealed override bool Receive(object message)
    {
        OnReceive(message);
        return true;
    }

    /// <summary>Handles a message; calls <see cref="ActorBase.Unhandled"/> for what it does not know.</summary>
    protected abstract void OnReceive(object message);

    /// <summary>Runs an action; kept for compatibility with the asynchronous form.</summary>
    protected void RunTask(Action action) => RunTask(() =>
    {
        action();
        return Task.CompletedTask;
    });

    /// <summary>
    /// Runs an asynchronous operation as part of the message at hand: the actor takes no other message before it has
    /// ended, and its continuations run in the actor.
    /// </summary>
    protected void RunTask(Func<Task> action) => (ActorCell.Current ?? throw NoContext()).RunTask(action);

    /// <summary>Replaces the behaviour in force.</summary>
    protected void Become(UntypedReceive receive) => Context.Become(receive);

    /// <summary>Puts a behaviour on top of the one in force.</summary>
    protected void BecomeStacked(UntypedReceive receive) => Context.BecomeStacked(receive);
}
