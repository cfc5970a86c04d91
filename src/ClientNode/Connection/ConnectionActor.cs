using Actors.Client.Cache;
using Actors.Common;
using Actors.Messages;
using Actors.Messages.Wire;

namespace Actors.Client.Connection;

/// <summary>
/// The top of a client node: keeps its three actors alive, and joins them to the server's registry, again and again,
/// until there is a session; and when that ends, anew.
/// </summary>
public sealed partial class ConnectionActor : ReceiveActor, IWithTimers
{
    private const string JoinTimer = "join";
    private const string LastingTimer = "lasting";
    private static readonly TimeSpan MissedAfter = TimeSpan.FromSeconds(3);

    private readonly ReplicaHome _home;
    private readonly ConnectionSettings _settings;
    private readonly IReplicaHost _host;
    private readonly Address _server;
    private readonly ActorSelection _registry;
    private readonly Backoff _backoff;
    private readonly Backoff _answers;
    private readonly SessionPatience _sessions;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private Link _link = Link.Down;
    private ulong _attempt;
    private IActorRef _session = ActorRefs.Nobody;
    private ReplicaSession? _joined;
    private ReplicaSession? _joinedLast;
    private NodeEvent? _joinUnderWay;
    private TimeSpan? _askedSince;
    private TimeSpan? _silentSince;
    private TimeSpan _joinedAt;
    private string? _busyBecause;
    private bool _wasMissed;
    private bool _wasWelcomed;

    public ConnectionActor(ReplicaHome home, ConnectionSettings settings, IReplicaHost host)
    {
        (_home, _settings, _host) = (home, settings, host);
        var protocol = ((ExtendedActorSystem)Context.System).Provider.DefaultAddress.Protocol;
        _server = new Address(protocol, "Server", settings.Server.Host, settings.Server.Port);
        _registry = Context.ActorSelection(new RootActorPath(_server) / "user" / "registry");
        _backoff = new Backoff(settings.BackoffMin, settings.BackoffMax, home.Entropy);
        _answers = new Backoff(settings.JoinTimeoutMin, settings.JoinTimeout, home.Entropy);
        _sessions = new SessionPatience(settings.BackoffMin, settings.BackoffOfShortSessions, home.Entropy);
        _restarts = new Backoff(settings.RestartMin, settings.RestartMax, home.Entropy);
        ReceiveChildren();
        ReceiveReports();
        Receive<TryJoin>(_ => OnTryJoin());
        Receive<CacheActor.JoinFacts>(OnJoinFacts);
        Receive<Welcome>(OnWelcome);
        Receive<JoinRefused>(OnRefused);
        Receive<SessionClosed>(OnSessionClosed);
        Receive<CacheActor.RejoinNeeded>(OnRejoinNeeded);
        Receive<AssociationErrorEvent>(e => OnConnectionGone(e.RemoteAddress, e.Cause));
        Receive<DisassociatedEvent>(e => OnConnectionGone(e.RemoteAddress));
        Receive<ThisActorSystemQuarantinedEvent>(_ => Recreate("The server has given this node up (it was silent for too long)"));
        Receive<QuarantinedEvent>(OnQuarantined);
        Receive<SessionLasts>(_ => _sessions.NoteLasting());
        Receive<Terminated>(OnTerminated);
    }

    private enum Link
    {
        /// <summary>The replica's actors are not ready.</summary>
        Down,
        Joining,
        Joined,
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(AssociationErrorEvent));
        Context.System.EventStream.Subscribe(Self, typeof(DisassociatedEvent));
        Context.System.EventStream.Subscribe(Self, typeof(ThisActorSystemQuarantinedEvent));
        Context.System.EventStream.Subscribe(Self, typeof(QuarantinedEvent));
        StartChildren();
    }

    protected override void PostStop() => EndJoin(NodeEventType.Fail);

    private void StartJoining(TimeSpan after)
    {
        _link = Link.Joining;
        Timers.StartSingleTimer(JoinTimer, TryJoin.Instance, after);
    }

    private void OnTryJoin()
    {
        if (_link == Link.Joining)
            _cache.Tell(CacheActor.PrepareJoin.Instance);
    }

    private void OnJoinFacts(CacheActor.JoinFacts facts)
    {
        if (_link != Link.Joining)
            return;
        var join = new Join
        {
            Protocol = Limits.ProtocolVersion,
            Node = new NodeIdentity
            {
                Id = facts.Identity.Id.ToBytes(),
                Incarnation = facts.Identity.Incarnation,
                Instance = _settings.Instance,
            },
            Attempt = ++_attempt,
            Share = _settings.Share,
            WishedName = _settings.WishedName,
            Position = facts.Position?.ToMessage(),
            Newest = facts.Newest?.ToMessage(),
            SettledThrough = facts.SettledThrough,
            Cache = WirePath.Of(_cache, Context.System),
            Watcher = WirePath.Of(_watcher, Context.System),
            Transfer = WirePath.Of(_transfer, Context.System),
        };
        foreach (var push in facts.InDoubt)
            join.InDoubt.Add(new PushInDoubt { Counter = push.Counter, Digest = push.Digest.ToBytes() });
        EndJoin(NodeEventType.Fail);
        _joinUnderWay = new NodeEvent(NodeEventType.Invoke, EventNames.Join)
        {
            Op = EventOps.Join(facts.Identity.Id, _settings.Instance, _attempt),
            Share = _settings.Share,
        };
        _home.Journal.Record(_joinUnderWay);
        _registry.Tell(join);
        Timers.StartSingleTimer(JoinTimer, TryJoin.Instance, _answers.Next());
        // No answer, and nothing says that nobody is there: that is one and the same to whoever waits for so long.
        var now = Context.System.Scheduler.MonotonicClock;
        _askedSince ??= now;
        if (now - _askedSince >= MissedAfter && !_wasMissed && !_wasWelcomed)
            TellMissed();
        CheckSilence(now);
    }

    /// <summary>
    /// Neither an answer nor a word of remoting: it drops what is sent, because it takes its peer for one that is gone, or
    /// because the clock was set back while it made a pause. Only a new system gets out of that.
    /// </summary>
    private void CheckSilence(TimeSpan now)
    {
        _silentSince ??= now;
        if (now - _silentSince < _settings.SilenceMax)
            return;
        _silentSince = null;
        Recreate("Neither the server nor its connection answers");
    }

    private void OnWelcome(Welcome welcome)
    {
        if (_link != Link.Joining || welcome.Attempt != _attempt)
            return;
        _silentSince = null;
        var registry = WirePath.Resolve(welcome.Registry, _server, Context.System);
        var transfer = WirePath.Resolve(welcome.Transfer, _server, Context.System);
        if (!WelcomeReader.TryRead(welcome, out var admission, out var reason) || registry is null || transfer is null)
        {
            _log.Warning("The server's welcome cannot be used: {0}", reason ?? "it names actors elsewhere");
            return;
        }
        Timers.Cancel(JoinTimer);
        _backoff.Reset();
        _answers.Reset();
        Timers.StartSingleTimer(LastingTimer, SessionLasts.Instance, SessionPatience.Good);
        _joinedAt = Context.System.Scheduler.MonotonicClock;
        _link = Link.Joined;
        _session = Context.Watch(Sender);
        _joined = _joinedLast = admission.Session;
        _home.Journal.NameNode(welcome.Name);
        EndJoin(NodeEventType.Ok, admission);
        if (!_wasWelcomed)
            _home.Journal.Narrate(StoryLines.Welcomes(welcome.Name));
        _home.Journal.Narrate(StoryLines.ConnectedAs(welcome.Name));
        (_wasWelcomed, _wasMissed, _busyBecause) = (true, false, null);
        _cache.Tell(new CacheActor.Admitted(admission, _session, registry, transfer));
        ReportStory();
    }

    private void OnRefused(JoinRefused refused)
    {
        if (_link != Link.Joining || refused.Attempt != _attempt)
            return;
        _silentSince = null;
        EndJoin(NodeEventType.Fail);
        switch (refused.Reason)
        {
            case JoinRefusal.IdentityInUse:
                BecomeSomebodyElse("another replica has this one's identity");
                break;
            case JoinRefusal.Busy:
                _busyBecause = refused.Text;
                StartJoining(_backoff.Next());
                break;
            default:
                _host.End(new FailureException(
                    $"the server refuses this client: {refused.Text}", $"{_settings.Server}, share {_settings.Share}", WhatToDo(refused)));
                break;
        }
    }

    /// <summary>The history pairs each try with what became of it; no answer in time is a failure.</summary>
    private void EndJoin(NodeEventType outcome, Admission? admission = null)
    {
        if (_joinUnderWay is { } asked)
        {
            _home.Journal.Record(new NodeEvent(outcome, EventNames.Join)
            {
                Op = asked.Op,
                Share = asked.Share,
                Epoch = admission?.Session.Epoch.ToString(),
                Seq = admission?.Head,
            });
        }
        _joinUnderWay = null;
    }

    private static string WhatToDo(JoinRefused refused) => refused.Reason switch
    {
        JoinRefusal.Protocol => "run a client and a server of versions that speak the same protocol",
        JoinRefusal.UnknownShare => "name a share that the server has: --share NAME",
        _ => "check the options",
    };

    private void OnSessionClosed(SessionClosed closed)
    {
        if (_link != Link.Joined || _joined?.Key.Admits(closed, Context) != true)
            return;
        if (closed.Replaced)
            BecomeSomebodyElse("another process has joined with this replica's identity");
        else
            Rejoin(PauseAfterSession());
    }

    /// <summary>The server has ended the session.</summary>
    private TimeSpan PauseAfterSession()
    {
        var wasTold = _sessions.Trouble is not null;
        var pause = _sessions.End(Context.System.Scheduler.MonotonicClock - _joinedAt);
        if (!wasTold && _sessions.Trouble is { } trouble)
            _home.Journal.Narrate($"Warning: {trouble}");
        return pause;
    }

    private void OnRejoinNeeded(CacheActor.RejoinNeeded needed)
    {
        if (_link != Link.Joined)
            return;
        _log.Info("Joining again: {0}", needed.Reason);
        if (needed.AsSomebodyElse)
            BecomeSomebodyElse(needed.Reason);
        else
            Rejoin(PauseAfterSession());
    }

    private void BecomeSomebodyElse(string reason)
    {
        _home.Journal.Narrate($"This replica gets a new identity: {reason}");
        EndSession();
        _cache.Tell(CacheActor.BecomeSomebodyElse.Instance);
        StartJoining(TimeSpan.Zero);
    }

    private void Rejoin(TimeSpan after)
    {
        EndSession();
        StartJoining(after);
    }

    private void EndSession()
    {
        if (_link != Link.Joined)
            return;
        Context.Unwatch(_session);
        Timers.Cancel(LastingTimer);
        (_session, _joined) = (ActorRefs.Nobody, null);
        _link = Link.Joining;
        _cache.Tell(CacheActor.SessionLost.Instance);
    }

    /// <summary>What was under way may be lost: only a new session knows. The server is asked at once, and then more patiently.</summary>
    private void OnConnectionGone(Address address, Exception? cause = null)
    {
        if (!address.Equals(_server) || _link == Link.Down)
            return;
        (_busyBecause, _silentSince) = (null, null);
        // The whole system ends of it, and its host tells why.
        if (cause?.ToString().Contains("TLS handshake failed", StringComparison.Ordinal) == true)
            _wasMissed = true;
        if (!_wasMissed)
            TellMissed(cause);
        if (_link == Link.Joined)
            Rejoin(_backoff.Next());
        else
            StartJoining(_backoff.Next());
    }

    private void TellMissed(Exception? cause = null)
    {
        _wasMissed = true;
        _home.Journal.Narrate((_busyBecause, _wasWelcomed) switch
        {
            ({ } reason, _) => $"The server at {_settings.Server} takes nobody in: {reason}; trying until it does",
            (_, true) => $"The connection with the server at {_settings.Server} is lost; trying until it is back",
            _ when WhyUnusable(cause) is { } reason => $"What answers at {_settings.Server} cannot be used: {reason}; trying until it can. "
                + "Is it a server, and do both sides have TLS, or neither, and trust each other's certificates?",
            _ => $"No server at {_settings.Server}; trying until there is one",
        });
    }

    /// <summary>Why a connection that could be made was of no use; null where none could be made.</summary>
    private static string? WhyUnusable(Exception? cause)
    {
        var text = cause?.GetBaseException().Message ?? "";
        // A server with TLS does so where it is not spoken to with TLS.
        if (text.Contains("disassociated", StringComparison.Ordinal))
            return "it ends the connection before it has said who it is";
        return text.Contains("handshake", StringComparison.Ordinal) || text.Contains("certificate", StringComparison.Ordinal)
            ? text[(text.LastIndexOf(": ", StringComparison.Ordinal) is >= 0 and var at ? at + 2 : 0)..]
            : null;
    }

    /// <summary>This system speaks to that process of the server no more, and it may well be the one that is there for long.</summary>
    private void OnQuarantined(QuarantinedEvent quarantined)
    {
        if (quarantined.Address.Equals(_server))
            Recreate("The server was silent for too long");
    }

    private void Recreate(string reason)
    {
        _home.Journal.Narrate($"{reason}; starting the connection anew");
        _host.RecreateSystem();
    }

    private sealed record SessionLasts
    {
        public static SessionLasts Instance { get; } = new();
    }

    private sealed record TryJoin
    {
        public static TryJoin Instance { get; } = new();
    }
}
