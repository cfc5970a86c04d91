using Actors.Runtime.SystemMessages;

namespace Actors.Runtime;

/// <summary>The ref that an Ask is answered to: a place below <c>/temp</c> that is forgotten with the first answer.</summary>
internal sealed class FutureActorRef<T> : MinimalActorRef
{
    private readonly ActorSystemImpl _system;
    private readonly TaskCompletionSource<T> _answer;
    private IScheduledWork? _timeout;
    private CancellationTokenRegistration _cancellation;

    public FutureActorRef(ActorSystemImpl system)
    {
        _system = system;
        _answer = new TaskCompletionSource<T>(system.Environment.CompletionOptions);
        Path = system.Provider.TempPath();
        system.Provider.RegisterTempActor(this, Path);
    }

    public override ActorPath Path { get; }

    public override IActorRefProvider Provider => _system.Provider;

    public override IInternalActorRef Parent => _system.Provider.TempContainer;

    /// <summary>The answer.</summary>
    public Task<T> Answer => _answer.Task;

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
        if (!isTaken && !_answer.Task.IsCanceled)
            _system.DeadLetters.Tell(new Event.DeadLetter(message, sender ?? _system.DeadLetters, this), sender);
    }

    private bool Complete(T answer)
    {
        Forget();
        return _answer.TrySetResult(answer);
    }

    private bool Fail(Exception cause)
    {
        Forget();
        return _answer.TrySetException(cause);
    }

    private static void Cancel(object? state, CancellationToken token)
    {
        var asked = (FutureActorRef<T>)state!;
        asked.Forget();
        asked._answer.TrySetCanceled(token);
    }

    private void Forget()
    {
        _system.Provider.UnregisterTempActor(Path);
        _timeout?.Cancel();
        _cancellation.Unregister();
    }
}
