namespace Actors.Runtime;

internal sealed partial class ActorCell
{
    /// <summary>The behaviour in force; null until the instance has one.</summary>
    private Receive? _behavior;
    private Stack<Receive>? _behaviorsBelow;
    private StashOfMessages? _stash;
    private TimerScheduler? _timers;
    private TimeSpan? _receiveTimeout;
    private IScheduledWork? _receiveTimeoutTimer;
    private TimeSpan _lastInfluence;
    private int _receiveTimeoutRound;

    public TimeSpan? ReceiveTimeout => _receiveTimeout;

    public void Become(Receive receive) => _behavior = receive;

    public void BecomeStacked(Receive receive)
    {
        (_behaviorsBelow ??= new Stack<Receive>()).Push(_behavior ?? (message => InitialBehavior(_actor!)(message)));
        _behavior = receive;
    }

    public void UnbecomeStacked() => _behavior = _behaviorsBelow is { Count: > 0 } below ? below.Pop() : InitialBehavior(_actor!);

    void IUntypedActorContext.Become(UntypedReceive receive) => Become(Taking(receive));

    void IUntypedActorContext.BecomeStacked(UntypedReceive receive) => BecomeStacked(Taking(receive));

    private static Receive Taking(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };

    private void ResetBehavior()
    {
        _behavior = null;
        _behaviorsBelow = null;
    }

    /// <summary>A behaviour that the constructor chose by Become takes the place of the initial one.</summary>
    private void InitializeBehavior(ActorBase actor)
    {
        Receive initial = InitialBehavior(actor);
        _behavior ??= initial;
    }

    private static Receive InitialBehavior(ActorBase actor) => actor is ReceiveActor receiving ? receiving.InitialBehavior() : actor.ReceiveInitially;

    public void SetReceiveTimeout(TimeSpan? timeout)
    {
        if (timeout is { } time && time <= TimeSpan.Zero && time != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "A receive timeout must be positive");
        _receiveTimeout = timeout == Timeout.InfiniteTimeSpan ? null : timeout;
        CheckReceiveTimeout();
    }

    /// <summary>
    /// Starts the wait anew. While it lasts, messages only note their time: no timer is touched for each of them.
    /// </summary>
    private void CheckReceiveTimeout()
    {
        _receiveTimeoutTimer?.Cancel();
        _receiveTimeoutTimer = null;
        _receiveTimeoutRound++;
        if (_receiveTimeout is not { } timeout)
            return;
        _lastInfluence = System.SchedulerImpl.MonotonicClock;
        StartReceiveTimeoutTimer(timeout);
    }

    private void StartReceiveTimeoutTimer(TimeSpan delay)
    {
        var elapsed = new ReceiveTimeoutElapsed(_receiveTimeoutRound);
        _receiveTimeoutTimer = System.SchedulerImpl.Schedule(delay, null, () => Self.Tell(elapsed, Self));
    }

    private void NoteInfluence()
    {
        if (_receiveTimeout is not null)
            _lastInfluence = System.SchedulerImpl.MonotonicClock;
    }

    private void HandleReceiveTimeoutElapsed(ReceiveTimeoutElapsed elapsed)
    {
        if (elapsed.Round != _receiveTimeoutRound || _receiveTimeout is not { } timeout)
            return;
        TimeSpan silence = System.SchedulerImpl.MonotonicClock - _lastInfluence;
        if (silence < timeout)
        {
            StartReceiveTimeoutTimer(timeout - silence);
            return;
        }
        _currentMessage = Runtime.ReceiveTimeout.Instance;
        ReceiveMessage(Runtime.ReceiveTimeout.Instance);
        if (elapsed.Round == _receiveTimeoutRound)
            CheckReceiveTimeout();
    }

    private void CancelReceiveTimeout()
    {
        _receiveTimeout = null;
        CheckReceiveTimeout();
    }

    /// <summary>The timer of the receive timeout ran out; says nothing yet about messages that came meanwhile.</summary>
    private sealed class ReceiveTimeoutElapsed(int round) : IAutoReceivedMessage, IUnboundedMessage, INotInfluenceReceiveTimeout, Event.IDeadLetterSuppression
    {
        public int Round { get; } = round;
    }
}
