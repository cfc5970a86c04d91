using Actors.Event;

namespace Actors.Runtime;

/// <summary>What happens to children when one of them fails.</summary>
public abstract class SupervisorStrategy
{
    /// <summary>Stops a child that could not be made, was killed or died of a pact; restarts it otherwise.</summary>
    public static readonly IDecider DefaultDecider = Runtime.Decider.From(
        Directive.Restart,
        Directive.Stop.When<ActorInitializationException>(),
        Directive.Stop.When<ActorKilledException>(),
        Directive.Stop.When<DeathPactException>());

    /// <summary>One for one, by the default decider, without a limit.</summary>
    public static readonly SupervisorStrategy DefaultStrategy = new OneForOneStrategy(DefaultDecider);

    /// <summary>Stops whatever child fails.</summary>
    public static readonly OneForOneStrategy StoppingStrategy = new(_ => Directive.Stop);

    /// <summary>Decides about exceptions.</summary>
    public abstract IDecider Decider { get; }

    /// <summary>Whether failures are logged.</summary>
    protected bool LoggingEnabled { get; set; } = true;

    /// <summary>What to do about a child's exception.</summary>
    protected abstract Directive Handle(IActorRef child, Exception exception);

    /// <summary>Called when a child has stopped.</summary>
    internal virtual void HandleChildTerminated(IActorContext context, IActorRef child) { }

    /// <summary>Restarts or stops whom the failure concerns.</summary>
    internal abstract void ProcessFailure(IActorContext context, bool restart, ChildStats child, Exception cause, IReadOnlyCollection<ChildStats> children);

    /// <summary>Acts on a failure; false if it is to be escalated.</summary>
    internal bool HandleFailure(IActorContext context, ChildStats child, Exception cause, IReadOnlyCollection<ChildStats> children)
    {
        Directive directive = Handle(child.Child, cause);
        if (directive == Directive.Escalate)
            return false;
        LogFailure(context, child.Child, cause, directive);
        if (directive == Directive.Resume)
            ResumeChild(child.Child, cause);
        else
            ProcessFailure(context, directive == Directive.Restart, child, cause, children);
        return true;
    }

    /// <summary>Logs a failure that is handled here: a warning if the child goes on, an error otherwise.</summary>
    protected virtual void LogFailure(IActorContext context, IActorRef child, Exception cause, Directive directive)
    {
        if (!LoggingEnabled)
            return;
        Exception reason = cause is ActorInitializationException { InnerException: { } inner } ? inner : cause;
        string source = child.Path.ToString();
        context.System.EventStream.Publish(directive == Directive.Resume
            ? new Warning(source, GetType(), reason.Message)
            : new Error(cause, source, GetType(), reason.Message));
    }

    /// <summary>Lets a child go on.</summary>
    protected static void ResumeChild(IActorRef child, Exception exception) => ((IInternalActorRef)child).Resume(exception);

    /// <summary>Restarts a child; one that did not fail itself has to be suspended first.</summary>
    protected static void RestartChild(IActorRef child, Exception cause, bool suspendFirst)
    {
        var actor = (IInternalActorRef)child;
        if (suspendFirst)
            actor.Suspend();
        actor.Restart(cause);
    }

    internal static int Milliseconds(TimeSpan? range) => range is { } time && time != Timeout.InfiniteTimeSpan ? (int)time.TotalMilliseconds : -1;
}
