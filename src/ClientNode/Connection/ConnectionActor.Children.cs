using Actors.Client.Cache;
using Actors.Client.Content;
using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Client.Watcher;
using Actors.Common;
using Actors.Messages;

namespace Actors.Client.Connection;

/// <summary>The actors below: they start, fail and end together, because each relies on what the others know.</summary>
public sealed partial class ConnectionActor
{
    private const string RestartTimer = "restart";
    private const string HealthTimer = "health";
    private const int FailuresMax = 5;

    // Without a failure for so long, what stopped the node counts as mended.
    private static readonly TimeSpan HealthyAfter = TimeSpan.FromSeconds(5);

    private readonly HashSet<IActorRef> _living = [];
    private IActorRef _cache = ActorRefs.Nobody;
    private IActorRef _watcher = ActorRefs.Nobody;
    private IActorRef _transfer = ActorRefs.Nobody;
    private IActorRef _whoStops = ActorRefs.Nobody;
    private Exception? _failure;
    private readonly Backoff _restarts;
    private string? _stoppedBecause;
    private int _failures;
    private bool _isStopping;

    // It is told or logged here: a disk that is full is no error of this program.
    protected override SupervisorStrategy SupervisorStrategy() => new AllForOneStrategy(-1, -1, OnChildFailed, loggingEnabled: false);

    private void ReceiveChildren()
    {
        Receive<CacheActor.CacheReady>(_ => OnCacheReady());
        Receive<Restart>(_ => StartChildren());
        Receive<StayedHealthy>(_ => OnHealthy());
        Receive<StopReplica>(_ => OnStop());
    }

    private void OnCacheReady()
    {
        StartJoining(_settings.FirstJoinAfter);
        ForwardSyncs();
    }

    private void StartChildren()
    {
        // Props compiles code for each argument that is more than a variable.
        var (home, files, reserve, traits, observer) = (_home, _home.Files, _home.DiskReserveBytes, _home.Traits, _home.Observer);
        _failure = null;
        var transfer = _transfer = Start(Props.Create(() => new TransferActor(files, reserve)), "transfer");
        var watcher = _watcher = Start(Props.Create(() => new WatcherActor(files, traits, observer)), "watcher");
        _cache = Start(Props.Create(() => new CacheActor(home, watcher, transfer)), "cache");
        Timers.StartSingleTimer(HealthTimer, StayedHealthy.Instance, HealthyAfter);
    }

    private IActorRef Start(Props props, string name)
    {
        var child = Context.Watch(Context.ActorOf(props.WithDispatcher(_settings.DiskDispatcher).WithMailbox(OutsideMailbox.Path), name));
        _living.Add(child);
        return child;
    }

    private Directive OnChildFailed(Exception e)
    {
        // What an actor's constructor throws comes wrapped.
        var cause = e is ActorInitializationException { InnerException: { } inner } ? inner : e;
        if (!IsFaultOfTheDisk(Root(cause)))
            _log.Error(cause, "An actor of the replica has failed: {0}", cause.Message);
        _failure ??= cause;
        return Directive.Stop;
    }

    private static bool IsFaultOfTheDisk(Exception? e) => e is FileFaultException or ReplicaStoreException { IsDiskFull: true };

    private void OnTerminated(Terminated terminated)
    {
        if (terminated.ActorRef.Equals(_session))
        {
            Rejoin(PauseAfterSession());
            return;
        }
        if (!_living.Remove(terminated.ActorRef))
            return;
        if (_living.Count > 0)
            return;
        if (_isStopping)
        {
            _whoStops.Tell(ReplicaStopped.Instance);
            Context.Stop(Self);
            return;
        }
        OnReplicaDown();
    }

    private void OnReplicaDown()
    {
        if (_link == Link.Joined)
        {
            _session.Tell(_joined!.Key.Seal(new Leave()));
            Context.Unwatch(_session);
            (_session, _joined) = (ActorRefs.Nobody, null);
        }
        _link = Link.Down;
        _silentSince = null;
        Timers.Cancel(JoinTimer);
        Timers.Cancel(LastingTimer);
        Timers.Cancel(HealthTimer);
        var reason = Root(_failure);
        if (IsFaultOfTheDisk(reason))
        {
            if (_stoppedBecause is null)
                _home.Journal.Narrate($"Stopped: {reason!.Message}; trying again until that is mended");
            _stoppedBecause = reason!.Message;
        }
        else if (reason is ReplicaStoreException || ++_failures >= FailuresMax)
        {
            _host.End(new FailureException(
                $"the replica cannot go on: {reason?.Message ?? "its actors ended"}", "the replica's .actors directory", "see the error that was logged before", reason));
            return;
        }
        Timers.StartSingleTimer(RestartTimer, Restart.Instance, _restarts.Next());
    }

    private void OnHealthy()
    {
        _failures = 0;
        _restarts.Reset();
        if (_stoppedBecause is null)
            return;
        _stoppedBecause = null;
        _home.Journal.Narrate("Going on");
    }

    /// <summary>Somebody says that what stopped the node is mended: it need not wait.</summary>
    private void OnConfirm(CacheActor.ConfirmStop confirm)
    {
        if (_living.Count > 0)
        {
            _cache.Forward(confirm);
            return;
        }
        if (Timers.IsTimerActive(RestartTimer))
        {
            Timers.Cancel(RestartTimer);
            StartChildren();
        }
        Sender.Tell(new CacheActor.ConfirmAnswer(_stoppedBecause, _stoppedBecause is null ? null : $"{_stoppedBecause}; trying again now"));
    }

    private static Exception? Root(Exception? e)
    {
        while (e?.InnerException is { } inner && e is not (FileFaultException or ReplicaStoreException))
            e = inner;
        return e;
    }

    private void OnStop()
    {
        _whoStops = Sender;
        _isStopping = true;
        Timers.CancelAll();
        if (_link == Link.Joined)
            _session.Tell(_joined!.Key.Seal(new Leave()));
        _link = Link.Down;
        if (_living.Count == 0)
        {
            _whoStops.Tell(ReplicaStopped.Instance);
            Context.Stop(Self);
        }
        foreach (var child in _living)
            Context.Stop(child);
    }

    /// <summary>Ends the node in order: what is known is stored, the server is told. Answered by <see cref="ReplicaStopped"/>.</summary>
    public sealed record StopReplica
    {
        public static StopReplica Instance { get; } = new();
    }

    public sealed record ReplicaStopped
    {
        public static ReplicaStopped Instance { get; } = new();
    }

    private sealed record StayedHealthy
    {
        public static StayedHealthy Instance { get; } = new();
    }

    private sealed record Restart
    {
        public static Restart Instance { get; } = new();
    }
}
