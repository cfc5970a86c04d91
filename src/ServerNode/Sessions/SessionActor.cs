using Actors.Messages;
using Actors.Messages.Content;
using Actors.Messages.Wire;
using Actors.NodeShell;
using Actors.Server.Ledger;
using Actors.Server.Registry;
using Google.Protobuf;

namespace Actors.Server.Sessions;

/// <summary>
/// One client that is in: tells it that the share moved, answers its pulls one at a time, and ends with it. It never
/// waits for the client, and nothing waits for it.
/// </summary>
internal sealed class SessionActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan RepeatEvery = TimeSpan.FromSeconds(1);

    internal static readonly TimeSpan LateNewsWithin = TimeSpan.FromSeconds(1);

    // The page reader may have been restarted, and the question lost with it.
    private const int AskAgainAfterSeconds = 10;

    private readonly SessionTerms _terms;
    private readonly SessionStores _stores;
    private readonly INodeJournal _journal;
    private readonly StoryBoard? _board;
    private readonly NoticeFlow _notices;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly string _epoch;
    private readonly TimeSpan _begunAt = Context.System.Scheduler.MonotonicClock;
    private ReadPage? _reading;
    private ReadPage? _readNext;
    private int _readingSeconds;
    private bool _isHeard;
    private IActorRef _transfer = ActorRefs.Nobody;

    public SessionActor(SessionTerms terms, SessionStores stores, INodeJournal journal, StoryBoard? board)
    {
        _board = board;
        _terms = terms;
        _stores = stores;
        _journal = journal;
        var head = terms.Admitted.Head;
        _epoch = head.Epoch.ToString();
        _notices = new NoticeFlow(terms.Number, terms.Admitted.Node.Number, head.Epoch.ToBytes(), head.Seq, 0);
        Receive<Pull>(OnPull);
        Receive<PageRead>(OnPageRead);
        Receive<Invalidated>(OnInvalidated);
        Receive<HeadMoved>(news => Send(_notices.OnHeadMoved(news)));
        Receive<Second>(_ => OnSecond());
        Receive<HeadQuery>(OnHeadQuery);
        Receive<HeadAnswer>(answer => Peers.Cache.Tell(Key.Seal(new HeadReply { Request = answer.Request, Head = answer.Head })));
        Receive<FetchContents>(job => _transfer.Forward(job));
        Receive<StoryReport>(OnStory);
        Receive<CloseSession>(OnClose);
        Receive<Leave>(leave => StopIf(IsMine(leave)));
        Receive<Terminated>(_ => StopIf(true));
        Receive<DisassociatedEvent>(OnDisassociated);
        Receive<Silence>(_ => StopIf(!_isHeard));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private SessionPeers Peers => _terms.Peers;

    private SessionKey Key => _terms.Key;

    private bool IsMine(ISessionMessage message) => Key.Admits(message, Context);

    protected override void PreStart()
    {
        Context.Watch(Peers.Connection);
        Context.System.EventStream.Subscribe(Self, typeof(DisassociatedEvent));
        var (terms, stores, registry) = (_terms, _stores, Context.Parent);
        _transfer = Context.ActorOf(Props.Create(() => new SessionTransferActor(terms, stores, registry)).WithMailbox(OutsideMailbox.Path), "transfer");
        Timers.StartPeriodicTimer("repeat", Second.Instance, RepeatEvery);
        _board?.Joined(terms.Admitted.Node.Number, terms.Admitted.Node.Name);
        Peers.Connection.Tell(Welcome());
    }

    protected override void PostStop() => _board?.Left(_terms.Admitted.Node.Number);

    private Welcome Welcome()
    {
        var (node, head) = (_terms.Admitted.Node, _terms.Admitted.Head);
        var welcome = new Welcome
        {
            Attempt = _terms.Attempt,
            Number = node.Number,
            Name = node.Name,
            Session = _terms.Number,
            Secret = Key.Secret,
            Epoch = head.Epoch.ToBytes(),
            Resumed = _terms.Admitted.Resumed,
            Head = head.Seq,
            Registry = WirePath.Of(Context.Parent, Context.System),
            Transfer = WirePath.Of(_transfer, Context.System),
        };
        welcome.Outcomes.AddRange(_terms.Admitted.Outcomes);
        return welcome;
    }

    private void OnPull(Pull message)
    {
        if (!IsMine(message))
            return;
        if (!RequestReader.TryRead(message, out var pull, out var reason))
        {
            _log.Info("A pull of {0} cannot be read: {1}", _terms.Admitted.Node.Name, reason);
            return;
        }
        if (pull.Cursor > _notices.Cursor)
            Context.Parent.Tell(new RegistryEvent.CursorSaved(_terms.Number, pull.Cursor));
        _notices.OnPull(pull.Cursor);
        var read = new ReadPage(_terms.Admitted.Share.Id, pull, _terms.Admitted.Node.Number);
        // A client that asks again before it was answered has given the earlier question up.
        if (_reading is not null)
            _readNext = read;
        else
            Read(read);
    }

    private void Read(ReadPage read)
    {
        _reading = read;
        _readingSeconds = 0;
        _stores.Pages.Tell(read);
    }

    private void OnPageRead(PageRead read)
    {
        if (_reading?.Pull.Request != read.Page.Request)
            return;
        _reading = null;
        if (_readNext is { } next)
        {
            _readNext = null;
            Read(next);
            return;
        }
        Peers.Cache.Tell(Key.Seal(read.Page));
        _journal.Record(Event(NodeEventType.Info, EventNames.Pull, read.Page.Position.Cursor) with { Op = EventOps.Pull(_terms.Number, read.Page.Request), Bytes = read.Page.CalculateSize() });
    }

    private void OnInvalidated(Invalidated heard)
    {
        if (!IsMine(heard))
            return;
        _journal.Record(Event(NodeEventType.Info, EventNames.Invalidated, heard.Head));
        Send(_notices.OnInvalidated(heard.Head));
    }

    private void OnSecond()
    {
        if (_reading is null)
            Send(_notices.OnSecond());
        else if (++_readingSeconds % AskAgainAfterSeconds == 0)
            _stores.Pages.Tell(_reading);
    }

    private void Send(Invalidate? notice)
    {
        if (notice is null)
            return;
        Peers.Cache.Tell(Key.Seal(notice));
        _journal.Record(Event(NodeEventType.Info, EventNames.Invalidate, notice.Head));
    }

    private void OnHeadQuery(HeadQuery query)
    {
        // The registry knows of every commit that it has acknowledged; what this session was told may be a moment older.
        if (IsMine(query))
            Context.Parent.Tell(new HeadAsked(_terms.Admitted.Share.Id, query.Request));
    }

    private void OnStory(StoryReport report)
    {
        if (IsMine(report))
            _board?.Told(_terms.Admitted.Node.Number, report);
    }

    private void OnClose(CloseSession close)
    {
        Peers.Connection.Tell(Key.Seal(new SessionClosed { Replaced = close.Replaced, Text = close.Text }));
        Context.Stop(Self);
    }

    protected override bool AroundReceive(Receive receive, object message)
    {
        _isHeard |= message is IMessage;
        return base.AroundReceive(receive, message);
    }

    /// <summary>
    /// The connection has ended: death watch would tell the same much later. A client that lives has been told as well, and
    /// joins again. In a session that has just begun this may be the late news of the connection before: then a client that
    /// lives says something soon.
    /// </summary>
    private void OnDisassociated(DisassociatedEvent gone)
    {
        if (!gone.RemoteAddress.Equals(Peers.Connection.Path.Address))
            return;
        StopIf(Context.System.Scheduler.MonotonicClock - _begunAt > LateNewsWithin);
        _isHeard = false;
        Timers.StartSingleTimer("silence", Silence.Instance, LateNewsWithin);
    }

    private void StopIf(bool over)
    {
        if (over)
            Context.Stop(Self);
    }

    private NodeEvent Event(NodeEventType type, string name, ulong seq) => new(type, name)
    {
        Op = $"session-{_terms.Number}",
        Epoch = _epoch,
        Share = _terms.Admitted.Share.Name,
        Seq = seq,
    };

    private sealed class Silence
    {
        public static readonly Silence Instance = new();
    }

    private sealed class Second
    {
        public static readonly Second Instance = new();
    }
}

/// <summary>The actors that own the store's connections, and take the messages below.</summary>
/// <param name="Committer">The only writer.</param>
/// <param name="Pages">Reads what Pulls ask for.</param>
/// <param name="Parts">Reads content: apart, so that bulk never delays pages.</param>
internal sealed record SessionStores(IActorRef Committer, IActorRef Pages, IActorRef Parts);

/// <summary>Everything a session starts with.</summary>
/// <param name="Admitted">The terms on which the client was admitted.</param>
/// <param name="Attempt">The Join that is answered.</param>
/// <param name="Peers">The client's actors.</param>
internal sealed record SessionTerms(LedgerResult.Joined Admitted, ulong Attempt, SessionPeers Peers)
{
    public ulong Number => Admitted.Node.Session;

    public SessionKey Key { get; } = new(Admitted.Node.Session, Peers.Secret);
}

/// <summary>The actors of a client that a session talks to.</summary>
/// <param name="Connection">Takes Welcome and SessionClosed; its end is the session's.</param>
/// <param name="Cache">Takes Invalidate and Updates.</param>
/// <param name="Watcher">Takes the outcomes of pushes.</param>
/// <param name="Transfer">Serves and takes content.</param>
/// <param name="Secret">What messages of the session carry.</param>
internal sealed record SessionPeers(IActorRef Connection, IActorRef Cache, IActorRef Watcher, IActorRef Transfer, ByteString Secret);

/// <summary>Registry to a session, and on to its transfer actor: get this content for a push. The registry hears how it ended.</summary>
internal sealed record FetchContents(ulong Counter, IReadOnlyList<ContentRef> Missing);

/// <summary>Registry to a session: tell the client that it is over, and end.</summary>
internal sealed record CloseSession(bool Replaced, string Text);

/// <summary>Session to registry: what is the newest commit of the share? Answered by <see cref="HeadAnswer"/>.</summary>
internal sealed record HeadAsked(int Share, ulong Request);

internal sealed record HeadAnswer(ulong Request, ulong Head);
