using Actors.Event;

namespace Actors.Runtime;

/// <summary>The actor <c>/</c>: a guardian that fails is stopped, and when <c>/system</c> has stopped, so does everything.</summary>
internal sealed class RootGuardian : UntypedActor
{
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(cause =>
    {
        Context.System.EventStream.Publish(new Error(cause, Self.Path.ToString(), typeof(RootGuardian), "guardian failed, shutting down system"));
        return Directive.Stop;
    }, loggingEnabled: false);

    protected override void PreStart() => Context.Watch(Context.Child("system"));

    protected override void OnReceive(object message)
    {
        if (message is Terminated)
            Context.Stop(Self);
        else
            Unhandled(message);
    }
}
