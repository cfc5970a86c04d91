using Actors.Runtime.SystemMessages;

namespace Actors.Runtime;

/// <summary>
/// The ref that an Ask is answered to: a place below <c>/temp</c> that is forgotten with the first answer. Whoever waits
/// for the answer goes on where work is run, never within the sending of the answer.
/// </summary>
internal sealed class FutureActorRef<T> : MinimalActorRef, IThreadPoolWorkItem
{
    private const int AskingAnswered = 1;
    private const int AskingEnded = 2;

    private readonly ActorSystemImpl _system;
    private readonly TaskCompletionSource<T> _answer;
    private IScheduledWork? _timeout;
    private CancellationTokenRegistration _cancellation;
    private int _isSettled;
    private int _asking;
    private T? _taken;
    private Exception? _failure;
    private CancellationToken _cancelledBy;

    public FutureActorRef(ActorSystemImpl system)
    {
        _system = system;
        _answer = new TaskCompletionSource<T>();
        Path = system.Provider.TempPath();
        system.Provider.RegisterTempActor(this, Path);
    }

    public override ActorPath Path { get; }

    public override IActorRefProvider Provider => _system.Provider;

    public override IInternalActorRef Parent => _system.Provider.TempContainer;

    /// <summary>Gives up after a time or when the token is cancelled.</summary>
    public void LimitBy(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (timeout != Timeout.InfiniteTimeSpan)
            _timeout = _system.SchedulerImpl.Schedule(timeout, null, () => Fail(new AskTimeoutException($"Timeout after {timeout} seconds")));
        if (cancellationToken.CanBeCanceled)
            _cancellation = cancellationToken.UnsafeRegister(Cancel, this);
    }

    public override void SendSystemMessage(ISystemMessage message)
    {
        // Whoever watches the place of an answer hears that it is no actor.
        if (message is Watch watch && watch.Watchee.Equals(this) && !watch.Watcher.Equals(this))
            watch.Watcher.SendSystemMessage(new DeathWatchNotification(this, existenceConfirmed: true, addressTerminated: false));
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        bool isTaken = message switch
        {
            T answer => Complete(answer),
            Status.Failure failure => Fail(failure.Cause ?? new TaskCanceledException("Task cancelled by actor via Failure message.")),
            _ => Fail(new ArgumentException($"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]")),
        };
        if (!isTaken && !_cancelledBy.IsCancellationRequested)
            _system.DeadLetters.Tell(new Event.DeadLetter(message, sender ?? _system.DeadLetters, this), sender);
    }

    /// <summary>
    /// The question has been sent: the answer may be there already, and then the task is handed out completed. Nobody can
    /// wait for it yet, so that nothing runs within.
    /// </summary>
    public Task<T> Asked()
    {
        if (Interlocked.Exchange(ref _asking, AskingEnded) == AskingAnswered)
            Execute();
        return _answer.Task;
    }

    /// <summary>Completes the task, and whoever waits for it goes on here.</summary>
    public void Execute()
    {
        if (_failure != null)
            _answer.TrySetException(_failure);
        else if (_cancelledBy.IsCancellationRequested)
            _answer.TrySetCanceled(_cancelledBy);
        else
            _answer.TrySetResult(_taken!);
    }

    private bool Complete(T answer)
    {
        if (!TrySettle())
            return false;
        _taken = answer;
        Finish();
        return true;
    }

    private bool Fail(Exception cause)
    {
        if (!TrySettle())
            return false;
        _failure = cause;
        Finish();
        return true;
    }

    private static void Cancel(object? state, CancellationToken token)
    {
        var asked = (FutureActorRef<T>)state!;
        if (!asked.TrySettle())
            return;
        asked._cancelledBy = token;
        asked.Finish();
    }

    /// <summary>The first answer, failure or end of patience counts.</summary>
    private bool TrySettle() => Interlocked.Exchange(ref _isSettled, 1) == 0;

    private void Finish()
    {
        Forget();
        if (Interlocked.CompareExchange(ref _asking, AskingAnswered, 0) == 0)
            return;
        if (_system.Environment.IsSingleThreaded)
            Execute();
        else if (!FreeThread.TryKeep(this))
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    private void Forget()
    {
        _system.Provider.UnregisterTempActor(Path);
        _timeout?.Cancel();
        _cancellation.Unregister();
    }
}
