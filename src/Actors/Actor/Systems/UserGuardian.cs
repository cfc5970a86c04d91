namespace Actors.Runtime;

/// <summary>The actor <c>/user</c>, parent of all top-level actors.</summary>
internal sealed class UserGuardian : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is Terminated)
            return;
        Context.System.DeadLetters.Tell(new Event.DeadLetter(message, Sender, Self), Sender);
    }

    // Its children are everything there is: a restart would lose them all.
    protected override void PreRestart(Exception reason, object message) { }
}
