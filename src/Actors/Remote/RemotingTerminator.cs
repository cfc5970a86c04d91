using Actors.Runtime;

namespace Actors.Remote;

/// <summary>Ends remoting when <c>/user</c> has stopped and before <c>/system</c> does, so that the last messages still get out.</summary>
internal sealed class RemotingTerminator(Remoting remoting, IActorRef systemGuardian) : UntypedActor
{
    protected override void PreStart() => systemGuardian.Tell(RegisterTerminationHook.Instance, Self);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case TerminationHook:
                var self = Self;
                remoting.ShutDown(() => self.Tell(Closed.Instance, ActorRefs.NoSender));
                break;
            case Closed:
                systemGuardian.Tell(TerminationHookDone.Instance, Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private sealed class Closed
    {
        public static readonly Closed Instance = new();
    }
}
