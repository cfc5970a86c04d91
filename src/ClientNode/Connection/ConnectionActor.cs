using Actors.Client.Cache;
using Actors.Messages;
using Actors.NodeShell;

namespace Actors.Client.Connection;

/// <summary>
/// The top of a client node: keeps the replica's actors alive, and joins them to the server's registry. Its states, in the
/// order in which they stand below:
/// <code>
/// Starting  → Joining              the replica's actors have recovered
/// Joining   → Connected            the server welcomes the client
/// Connected → Joining              the session or the connection has ended
/// any       → Down → Starting      the replica's actors have failed; they start again after a pause
/// any       → Stopping             the node ends
/// </code>
/// A message that a state does not name is not for it, mostly because it comes too late (the answer to an earlier try, a
/// second report of one end). It is dropped, and the time of an asker runs out.
/// </summary>
public sealed partial class ConnectionActor : ReceiveActor, IWithTimers
{
    private const string JoinTimer = "join";
    private const string LastingTimer = "lasting";
    private const string HealthTimer = "health";
    private const string RestartTimer = "restart";
    private const string StoryTimer = "story";
    private static readonly TimeSpan ReportAfter = TimeSpan.FromMilliseconds(50);

    // After so long without a failure, the fault that stopped the node counts as repaired.
    private static readonly TimeSpan HealthyAfter = TimeSpan.FromSeconds(5);

    // Over the limit: ignored, the asker's time runs out.
    private const int SyncsMax = 64;

    private readonly ReplicaHome _home;
    private readonly ConnectionSettings _settings;
    private readonly IReplicaHost _host;
    private readonly Address _server;
    private readonly ActorSelection _registry;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    // These outlive a state: pauses grow over many tries, and what was told is not told again.
    private readonly JoinAttempts _attempts;
    private readonly Reachability _reachability;
    private readonly RestartPolicy _restarts;
    private readonly SessionPatience _sessions;
    private readonly Backoff _pauses;
    private readonly Backoff _answers;
    private readonly List<(IActorRef Asker, CacheActor.Sync Sync, TimeSpan Until)> _syncs = [];
    private ReplicaActors _replica = null!;
    private ReplicaSession? _lastSession;
    private StoryRelay? _story;

    public ConnectionActor(ReplicaHome home, ConnectionSettings settings, IReplicaHost host)
    {
        (_home, _settings, _host) = (home, settings, host);
        var protocol = ((ExtendedActorSystem)Context.System).Provider.DefaultAddress.Protocol;
        _server = new Address(protocol, "Server", settings.Server.Host, settings.Server.Port);
        _registry = Context.ActorSelection(new RootActorPath(_server) / "user" / "registry");
        _attempts = new JoinAttempts(home.Journal, settings);
        _reachability = new Reachability(home.Journal, settings.Server);
        _restarts = new RestartPolicy(home.Journal, new Backoff(settings.RestartMin, settings.RestartMax, home.Entropy));
        _sessions = new SessionPatience(settings.BackoffMin, settings.BackoffOfShortSessions, home.Entropy);
        _pauses = new Backoff(settings.BackoffMin, settings.BackoffMax, home.Entropy);
        _answers = new Backoff(settings.JoinTimeoutMin, settings.JoinTimeout, home.Entropy);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private static TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(AssociationErrorEvent));
        Context.System.EventStream.Subscribe(Self, typeof(DisassociatedEvent));
        Context.System.EventStream.Subscribe(Self, typeof(ThisActorSystemQuarantinedEvent));
        Context.System.EventStream.Subscribe(Self, typeof(QuarantinedEvent));
        Start();
    }

    protected override void PostStop() => _attempts.End(NodeEventType.Fail);

    // The failure is told or logged by us: a disk that is full is no error of this program.
    protected override SupervisorStrategy SupervisorStrategy() => new AllForOneStrategy(-1, -1, e => _replica.NoteFailure(e, _log), loggingEnabled: false);

    /// <summary>What every state answers; a session is there only in <see cref="Connected"/>.</summary>
    private void Always(Session? session = null)
    {
        Receive<AskConnection>(_ => Sender.Tell(new ConnectionAnswer(
            session is not null, _lastSession?.Number, _lastSession?.Name, _restarts.StoppedBecause ?? _replica.Failure?.Message, _sessions.Trouble)));
        Receive<StoryWaits>(OnStoryWaits);
        Receive<StopReplica>(_ => Stop(session));
        // After a quarantine by either side only a new actor system can join.
        Receive<ThisActorSystemQuarantinedEvent>(_ => Recreate("The server has given this node up (it was silent for too long)"));
        Receive<QuarantinedEvent>(e => e.Address.Equals(_server), _ => Recreate("The server was silent for too long"));
    }

    /// <summary>What every state answers in which the replica's actors live.</summary>
    private void WhileUp(Session? session = null)
    {
        Receive<CacheActor.AskStatus>(_replica.Cache.Forward);
        Receive<CacheActor.ConfirmStop>(_replica.Cache.Forward);
        Receive<StayedHealthy>(_ => _restarts.NoteHealthy());
        Receive<Terminated>(gone => OnChildEnded(gone.ActorRef, session));
    }

    /// <summary>What every state answers in which the client joins or has joined.</summary>
    private void WhileReady(Session? session = null)
    {
        Receive<CacheActor.Sync>(_replica.Cache.Forward);
        Receive<AssociationErrorEvent>(e => e.RemoteAddress.Equals(_server), e => OnConnectionGone(session, e.Cause));
        Receive<DisassociatedEvent>(e => e.RemoteAddress.Equals(_server), _ => OnConnectionGone(session));
    }

    private void Start()
    {
        _replica = new ReplicaActors(Context, _home, _settings.DiskDispatcher);
        Timers.StartSingleTimer(HealthTimer, StayedHealthy.Instance, HealthyAfter);
        Become(Starting);
    }

    /// <summary>The replica's actors recover what is stored.</summary>
    private void Starting()
    {
        Receive<CacheActor.CacheReady>(_ => OnCacheReady());
        Receive<CacheActor.Sync>(KeepSync);
        WhileUp();
        Always();
    }

    private void OnCacheReady()
    {
        Join(_settings.FirstJoinAfter);
        foreach (var (asker, sync, until) in _syncs)
        {
            if (until > Now)
                _replica.Cache.Tell(sync with { Patience = until - Now }, asker);
        }
        _syncs.Clear();
    }

    /// <summary>A sync that is asked for while the replica cannot answer waits until it can, at most for the asker's patience.</summary>
    private void KeepSync(CacheActor.Sync sync)
    {
        if (_syncs.Count < SyncsMax)
            _syncs.Add((Sender, sync, Now + sync.Patience));
    }

    private void Join(TimeSpan after)
    {
        var silence = new Silence();
        Become(() => Joining(silence));
        Timers.StartSingleTimer(JoinTimer, TryJoin.Instance, after);
    }

    /// <summary>The server is asked to let the client in, until it answers.</summary>
    private void Joining(Silence silence)
    {
        Receive<TryJoin>(_ => _replica.Cache.Tell(CacheActor.PrepareJoin.Instance));
        Receive<CacheActor.JoinFacts>(facts => OnJoinFacts(facts, silence));
        Receive<Welcome>(welcome => welcome.Attempt == _attempts.Newest, welcome => OnWelcome(welcome, silence));
        Receive<JoinRefused>(refused => refused.Attempt == _attempts.Newest, OnRefused);
        WhileReady();
        WhileUp();
        Always();
    }

    private void OnJoinFacts(CacheActor.JoinFacts facts, Silence silence)
    {
        var attempt = _attempts.Begin(facts.Identity.Id);
        _registry.Tell(Handshake.Join(facts, _settings, attempt, _replica, Context.System));
        Timers.StartSingleTimer(JoinTimer, TryJoin.Instance, _answers.Next());
        _reachability.NoteAsked(Now);
        // Neither an answer nor an event of remoting: it drops what is sent, because it has quarantined the peer, or because
        // the clock was set back while the peer was gated.
        silence.Since ??= Now;
        if (Now - silence.Since < _settings.SilenceMax)
            return;
        silence.Since = null;
        Recreate("Neither the server nor its connection answers");
    }

    private void OnWelcome(Welcome welcome, Silence silence)
    {
        silence.Since = null;
        if (!Handshake.TryRead(welcome, _server, Context.System, out var began, out var reason))
        {
            _log.Warning("The server's welcome cannot be used: {0}", reason);
            return;
        }
        Timers.Cancel(JoinTimer);
        _pauses.Reset();
        _answers.Reset();
        Timers.StartSingleTimer(LastingTimer, SessionLasts.Instance, SessionPatience.Good);
        var session = new Session(Context.Watch(Sender), began.Admission.Session.Key, Now);
        Become(() => Connected(session));
        _lastSession = began.Admission.Session;
        _home.Journal.NameNode(welcome.Name);
        _attempts.End(NodeEventType.Ok, began.Admission);
        _reachability.NoteWelcome(welcome.Name);
        _replica.Cache.Tell(began with { SessionActor = session.Actor });
        ReportStory(session);
    }

    private void OnRefused(JoinRefused refused)
    {
        _attempts.End(NodeEventType.Fail);
        switch (refused.Reason)
        {
            case JoinRefusal.IdentityInUse:
                TakeNewIdentity("another replica has this one's identity");
                break;
            case JoinRefusal.Busy:
                _reachability.NoteBusy(refused.Text);
                Join(_pauses.Next());
                break;
            default:
                _host.End(Handshake.RefusedForGood(refused, _settings));
                break;
        }
    }

    /// <summary>There is a session with the server.</summary>
    private void Connected(Session session)
    {
        Receive<SessionClosed>(closed => OnSessionClosed(closed, session));
        Receive<Terminated>(gone => gone.ActorRef.Equals(session.Actor), _ => Rejoin(session, PauseAfter(session)));
        Receive<CacheActor.RejoinNeeded>(needed => OnRejoinNeeded(needed, session));
        Receive<SessionLasts>(_ => _sessions.NoteLasting());
        Receive<ReportNow>(_ => ReportStory(session));
        WhileReady(session);
        WhileUp(session);
        Always(session);
    }

    private void OnSessionClosed(SessionClosed closed, Session session)
    {
        if (!session.Key.Admits(closed, Context))
            return;
        if (closed.Replaced)
            TakeNewIdentity("another process has joined with this replica's identity", session);
        else
            Rejoin(session, PauseAfter(session));
    }

    private void OnRejoinNeeded(CacheActor.RejoinNeeded needed, Session session)
    {
        _log.Info("Joining again: {0}", needed.Reason);
        if (needed.UnderNewIdentity)
            TakeNewIdentity(needed.Reason, session);
        else
            Rejoin(session, PauseAfter(session));
    }

    /// <summary>The session has ended, and the connection was not why: after many short ones in a row the pauses grow.</summary>
    private TimeSpan PauseAfter(Session session)
    {
        var wasTold = _sessions.Trouble is not null;
        var pause = _sessions.End(Now - session.Since);
        if (!wasTold && _sessions.Trouble is { } trouble)
            _home.Journal.Narrate($"Warning: {trouble}");
        return pause;
    }

    /// <summary>Messages under way may be lost: only a new session tells. The first attempt follows at once, later ones after longer pauses.</summary>
    private void OnConnectionGone(Session? session, Exception? cause = null)
    {
        _reachability.NoteGone(cause);
        Rejoin(session, _pauses.Next());
    }

    private void TakeNewIdentity(string reason, Session? session = null)
    {
        _home.Journal.Narrate($"This replica gets a new identity: {reason}");
        EndSession(session);
        _replica.Cache.Tell(CacheActor.TakeNewIdentity.Instance);
        Join(TimeSpan.Zero);
    }

    private void Rejoin(Session? session, TimeSpan after)
    {
        EndSession(session);
        Join(after);
    }

    private void EndSession(Session? session)
    {
        if (session is null)
            return;
        Context.Unwatch(session.Actor);
        Timers.Cancel(LastingTimer);
        _replica.Cache.Tell(CacheActor.SessionLost.Instance);
    }

    private void OnChildEnded(IActorRef child, Session? session)
    {
        if (!_replica.NoteEnd(child))
            return;
        if (session is not null)
        {
            session.Tell(new Leave());
            Context.Unwatch(session.Actor);
        }
        Timers.Cancel(JoinTimer);
        Timers.Cancel(LastingTimer);
        Timers.Cancel(HealthTimer);
        Become(Down);
        if (_restarts.PauseAfter(_replica.Failure) is { } pause)
            Timers.StartSingleTimer(RestartTimer, Restart.Instance, pause);
        else
            _host.End(RestartPolicy.FailedForGood(_replica.Failure));
    }

    /// <summary>The replica's actors have ended; they start again after a pause, unless the host was told to end the node.</summary>
    private void Down()
    {
        Receive<Restart>(_ => Start());
        Receive<CacheActor.ConfirmStop>(_ => OnConfirmWhileDown());
        Receive<CacheActor.Sync>(KeepSync);
        Always();
    }

    /// <summary>A person confirms that the fault is repaired: the pause ends.</summary>
    private void OnConfirmWhileDown()
    {
        if (Timers.IsTimerActive(RestartTimer))
        {
            Timers.Cancel(RestartTimer);
            Start();
        }
        var reason = _restarts.StoppedBecause;
        Sender.Tell(new CacheActor.ConfirmAnswer(reason, reason is null ? null : $"{reason}; trying again now"));
    }

    private void Stop(Session? session)
    {
        var asker = Sender;
        Timers.CancelAll();
        session?.Tell(new Leave());
        Become(() => Stopping(asker));
        if (_replica.HasEnded)
            End(asker);
        else
            _replica.Stop(Context);
    }

    /// <summary>The replica's actors store what they know, and end.</summary>
    private void Stopping(IActorRef asker)
    {
        Receive<Terminated>(gone => _replica.NoteEnd(gone.ActorRef), _ => End(asker));
        Receive<Terminated>(_ => { });
        Always();
    }

    private void End(IActorRef asker)
    {
        asker.Tell(ReplicaStopped.Instance);
        Context.Stop(Self);
    }

    private void Recreate(string reason)
    {
        _home.Journal.Narrate($"{reason}; starting the connection anew");
        _host.RecreateSystem();
    }

    private void OnStoryWaits(StoryWaits waits)
    {
        _story = waits.Story;
        if (!Timers.IsTimerActive(StoryTimer))
            Timers.StartSingleTimer(StoryTimer, ReportNow.Instance, ReportAfter);
    }

    private void ReportStory(Session session)
    {
        foreach (var report in _story?.TakeReports() ?? [])
            session.Tell(report);
    }

    /// <summary>How long neither the server nor remoting has said anything.</summary>
    private sealed class Silence
    {
        public TimeSpan? Since { get; set; }
    }

    /// <summary>The session's actor at the server, what its messages carry, and when it began.</summary>
    private sealed record Session(IActorRef Actor, SessionKey Key, TimeSpan Since)
    {
        public void Tell<T>(T message)
            where T : ISessionMessage => Actor.Tell(Key.Seal(message));
    }
}
