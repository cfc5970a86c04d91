namespace Actors.Runtime;

/// <summary>
/// The actor <c>/system</c>, parent of what the runtime itself runs. When <c>/user</c> has stopped it gives those who
/// asked a chance to finish, then it stops.
/// </summary>
internal sealed class SystemGuardian : UntypedActor
{
    private readonly IActorRef _userGuardian;
    private readonly HashSet<IActorRef> _hooks = [];
    private bool _isTerminating;
    private IActorRef? _logger;

    public SystemGuardian(IActorRef userGuardian) => _userGuardian = userGuardian;

    protected override void PreStart() => Context.Watch(_userGuardian);

    protected override void PreRestart(Exception reason, object message) { }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Terminated terminated when terminated.ActorRef.Equals(_userGuardian):
                _isTerminating = true;
                foreach (IActorRef hook in _hooks)
                    hook.Tell(TerminationHook.Instance);
                StopWhenDone();
                break;
            case Terminated terminated when terminated.ActorRef.Equals(_logger):
                Context.Stop(Self);
                break;
            case Terminated terminated:
                _hooks.Remove(terminated.ActorRef);
                StopWhenDone();
                break;
            case RegisterTerminationHook when !_isTerminating:
                _hooks.Add(Context.Watch(Sender));
                break;
            case RegisterTerminationHook:
                Sender.Tell(TerminationHook.Instance);
                break;
            case TerminationHookDone:
                _hooks.Remove(Context.Unwatch(Sender));
                StopWhenDone();
                break;
            default:
                Context.System.DeadLetters.Tell(new Event.DeadLetter(message, Sender, Self), Sender);
                break;
        }
    }

    private void StopWhenDone()
    {
        if (!_isTerminating || _hooks.Count > 0 || _logger is not null)
            return;
        _logger = ((ActorSystemImpl)Context.System).StopLogger();
        if (_logger is null)
        {
            Context.Stop(Self);
            return;
        }
        // What was logged before has to be written first.
        Context.Watch(_logger);
        _logger.Tell(PoisonPill.Instance);
    }
}

/// <summary>Asks <c>/system</c> for word before it stops; the sender has to answer <see cref="TerminationHookDone"/>.</summary>
internal sealed class RegisterTerminationHook
{
    public static readonly RegisterTerminationHook Instance = new();
}

internal sealed class TerminationHook
{
    public static readonly TerminationHook Instance = new();
}

internal sealed class TerminationHookDone
{
    public static readonly TerminationHookDone Instance = new();
}
