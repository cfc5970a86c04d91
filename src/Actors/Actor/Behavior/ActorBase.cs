using Actors.Event;

namespace Actors.Runtime;

/// <summary>
/// Base of all actors: one message at a time, and hooks for its life. An instance is made by its cell; when it fails,
/// its supervisor may replace it by a new instance behind the same ref.
/// </summary>
public abstract class ActorBase : IInternalActor
{
    private readonly ActorCell _cell;
    private SupervisorStrategy? _supervisorStrategy;

    /// <summary>Creates the instance; only the runtime can. An actor with timers may start them in its own constructor.</summary>
    /// <exception cref="ActorInitializationException">The actor was made by <c>new</c> instead of <c>ActorOf</c>.</exception>
    protected ActorBase()
    {
        _cell = ActorCell.Current
            ?? throw new ActorInitializationException("Do not create actors using 'new', always create them using an ActorContext/System");
        if (this is IWithTimers timing)
            timing.Timers = _cell.NewTimers();
    }

    /// <summary>The behaviour that leaves every message unhandled.</summary>
    protected static Receive EmptyReceive { get; } = _ => false;

    /// <summary>The context of the actor that runs at the moment.</summary>
    /// <exception cref="NotSupportedException">No actor runs on this thread, for instance after an unbound await.</exception>
    protected static IActorContext Context => ActorCell.Current ?? throw NoContext();

    /// <summary>The actor's own ref.</summary>
    protected IActorRef Self => _cell.Self;

    /// <summary>Who sent the message at hand; <c>/deadLetters</c> if nobody did.</summary>
    protected IActorRef Sender => Context.Sender;

    IActorContext IInternalActor.ActorContext => _cell;

    internal static NotSupportedException NoContext() => new(
        "There is no active ActorContext, this is most likely due to use of async operations from within this actor.");

    /// <summary>The strategy of the props, or the actor's own. Made once: what it keeps in mind lasts as long as the instance.</summary>
    internal SupervisorStrategy SupervisorStrategyOf() => _supervisorStrategy ??= _cell.Props.SupervisorStrategy ?? SupervisorStrategy();

    internal bool ReceiveInitially(object message) => Receive(message);

    internal bool Deliver(Receive behavior, object message) => AroundReceive(behavior, message);

    /// <summary>Handles a message until another behaviour is chosen; false if it is unhandled.</summary>
    protected abstract bool Receive(object message);

    /// <summary>Called with the behaviour in force for each message.</summary>
    protected virtual bool AroundReceive(Receive receive, object message)
    {
        if (receive(message))
            return true;
        Unhandled(message);
        return false;
    }

    /// <summary>
    /// Called with a message that no handler took. Publishes <see cref="UnhandledMessage"/>.
    /// </summary>
    /// <exception cref="DeathPactException">The message is <see cref="Terminated"/>.</exception>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated)
            throw new DeathPactException(terminated.ActorRef);
        Context.System.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    /// <summary>Replaces the behaviour in force.</summary>
    protected void Become(Receive receive) => Context.Become(receive);

    /// <summary>Puts a behaviour on top of the one in force.</summary>
    protected void BecomeStacked(Receive receive) => Context.BecomeStacked(receive);

    /// <summary>Returns to the behaviour below.</summary>
    protected void UnbecomeStacked() => Context.UnbecomeStacked();

    /// <summary>Asks for a <see cref="ReceiveTimeout"/> whenever no message came for so long; null ends it.</summary>
    protected void SetReceiveTimeout(TimeSpan? timeout) => Context.SetReceiveTimeout(timeout);

    /// <summary>What happens to children that fail: restart, unless told otherwise.</summary>
    protected virtual SupervisorStrategy SupervisorStrategy() => Runtime.SupervisorStrategy.DefaultStrategy;

    /// <summary>Called before the first message.</summary>
    protected virtual void PreStart() { }

    /// <summary>Called when the actor has stopped, after its children have.</summary>
    protected virtual void PostStop() { }

    /// <summary>
    /// Called on the failed instance before it is replaced. Stops all children and calls <see cref="PostStop"/>,
    /// unless overridden. The message is the one that it failed at; it may be null.
    /// </summary>
    protected virtual void PreRestart(Exception reason, object message)
    {
        foreach (IActorRef child in Context.GetChildren())
        {
            Context.Unwatch(child);
            Context.Stop(child);
        }
        PostStop();
    }

    /// <summary>Called on the new instance. Calls <see cref="PreStart"/>, unless overridden.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    /// <summary>Calls <see cref="PreStart"/>.</summary>
    public virtual void AroundPreStart() => PreStart();

    /// <summary>Ends the timers and calls <see cref="PostStop"/>.</summary>
    public virtual void AroundPostStop()
    {
        _cell.EndTimers();
        PostStop();
    }

    /// <summary>Ends the timers and calls <see cref="PreRestart"/>.</summary>
    public virtual void AroundPreRestart(Exception cause, object message)
    {
        _cell.EndTimers();
        PreRestart(cause, message);
    }

    /// <summary>Calls <see cref="PostRestart"/>.</summary>
    public virtual void AroundPostRestart(Exception cause, object message) => PostRestart(cause);
}
