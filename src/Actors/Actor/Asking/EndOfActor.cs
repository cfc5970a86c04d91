using Actors.Runtime.SystemMessages;

namespace Actors.Runtime;

/// <summary>Watches an actor on behalf of code that is no actor.</summary>
internal sealed class EndOfActor : MinimalActorRef
{
    private readonly ActorSystemImpl _system;
    private readonly IInternalActorRef _watchee;
    private readonly TaskCompletionSource<bool> _ended;

    public EndOfActor(IInternalActorRef watchee)
    {
        _system = (ActorSystemImpl)watchee.Provider.Settings.System;
        _watchee = watchee;
        _ended = new TaskCompletionSource<bool>(_system.Environment.CompletionOptions);
        Path = _system.Provider.TempPath();
    }

    public override ActorPath Path { get; }

    public override IActorRefProvider Provider => _system.Provider;

    /// <summary>Completes with true when the actor has stopped; cancelled after the time-out and by the token.</summary>
    public Task<bool> Watch(TimeSpan timeout, CancellationToken cancellationToken) =>
        OwnContext.Run(_system, () => WatchWithinLimits(timeout, cancellationToken));

    private async Task<bool> WatchWithinLimits(TimeSpan timeout, CancellationToken cancellationToken)
    {
        _system.Provider.RegisterTempActor(this, Path);
        IScheduledWork? limit = timeout == Timeout.InfiniteTimeSpan
            ? null
            : _system.SchedulerImpl.Schedule(timeout, null, () => _ended.TrySetCanceled());
        CancellationTokenRegistration cancellation = cancellationToken.UnsafeRegister(
            static (state, token) => ((EndOfActor)state!)._ended.TrySetCanceled(token), this);
        try
        {
            _watchee.SendSystemMessage(new Watch(_watchee, this));
            return await _ended.Task;
        }
        finally
        {
            limit?.Cancel();
            cancellation.Unregister();
            _watchee.SendSystemMessage(new Unwatch(_watchee, this));
            _system.Provider.UnregisterTempActor(Path);
        }
    }

    public override void SendSystemMessage(ISystemMessage message)
    {
        if (message is DeathWatchNotification notification && notification.Actor.Equals(_watchee))
            _ended.TrySetResult(true);
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is Terminated terminated && terminated.ActorRef.Equals(_watchee))
            _ended.TrySetResult(true);
    }
}
