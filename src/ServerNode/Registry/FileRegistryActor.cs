using Actors.Messages;
using Actors.Messages.Wire;
using Actors.NodeShell;
using Actors.Server.Sessions;
using Actors.Server.Storage;
using Google.Protobuf;

namespace Actors.Server.Registry;

/// <summary>
/// The FileRegistry: admits clients, orders commits, and tells sessions. It decides nothing itself (see
/// <see cref="RegistryState"/> and the ledger) and, but for the heads of the shares at its
/// start, never reads a disk.
/// </summary>
internal sealed class FileRegistryActor : ReceiveActor, IWithTimers
{
    private const int BatchTicksMax = 6;

    private const int StatusQueriesMax = 16;

    private const string SessionPrefix = "session-";

    private const string UploadsTimer = "uploads";

    private static readonly TimeSpan LookAtPlaceEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ProbeAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookAtUploadsAgainAfter = TimeSpan.FromMinutes(1);

    private readonly RegistrySettings _settings;
    private readonly RegistryState _state;
    private readonly INodeJournal _journal;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly IActorRef _committer;
    private readonly SessionStores _stores;
    private IActorRef? _stopper;
    private RegistryEffect.RunBatch? _watchedBatch;
    private int _batchTicks;
    private int _statusAsked;

    public FileRegistryActor(RegistrySettings settings)
    {
        _settings = settings;
        _journal = settings.Journal;
        _state = new RegistryState(settings.Limits, ReadShares(settings.Store));
        var (store, entropy) = (settings.Store, settings.Entropy);
        _committer = Context.ActorOf(Props.Create(() => new CommitterActor(store, entropy)).WithDispatcher(RegistrySettings.PinnedDispatcher), "committer");
        _stores = new SessionStores(
            _committer,
            Context.ActorOf(Props.Create(() => new PageReaderActor(store)).WithDispatcher(RegistrySettings.PinnedDispatcher), "pages"),
            Context.ActorOf(Props.Create(() => new PartReaderActor(store)).WithDispatcher(RegistrySettings.PinnedDispatcher), "parts"));
        foreach (var child in (IActorRef[])[_stores.Committer, _stores.Pages, _stores.Parts])
            Context.Watch(child);
        Receive<Join>(OnJoin);
        Receive<Push>(OnPush);
        Receive<RegistryEvent>(Step);
        Receive<HeadAsked>(asked => Sender.Tell(new HeadAnswer(asked.Request, _state.Head(asked.Share).Seq)));
        Receive<ServerStatusQuery>(_ => OnStatusQuery());
        Receive<SizesRead>(OnSizesRead);
        Receive<StopRegistry>(_ => OnStop());
        Receive<BatchWatch>(_ => WatchBatch());
        Receive<LookAtUploads>(_ => OnLookAtUploads());
        Receive<LookAtPlace>(_ => OnLookAtPlace());
        Receive<Terminated>(ended => OnChildEnded(ended.ActorRef));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(
        10, TimeSpan.FromMinutes(1), Decider.From(fault => fault is StoreCorruptException ? Directive.Escalate : Directive.Restart));

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer("batch-watch", BatchWatch.Instance, _settings.BatchWatchEvery);
        Timers.StartSingleTimer(UploadsTimer, LookAtUploads.Instance, LookAtUploadsAgainAfter);
        Timers.StartPeriodicTimer("place", LookAtPlace.Instance, LookAtPlaceEvery);
    }

    // At the start only; a restart after a fault must not go on with heads of before.
    private static List<(ShareRow Share, ShareHead Head)> ReadShares(IShareStore store)
    {
        using var reader = store.OpenReader();
        using var snapshot = reader.Snapshot();
        return [.. snapshot.Shares().Select(share => (share, snapshot.Head(share.Id)))];
    }

    private void OnJoin(Join message)
    {
        if (message.Protocol != Limits.ProtocolVersion)
        {
            var refused = new JoinRefused { Attempt = message.Attempt, Reason = JoinRefusal.Protocol, Text = $"this server speaks protocol {Limits.ProtocolVersion}, not {message.Protocol}" };
            refused.Protocols.Add(Limits.ProtocolVersion);
            Sender.Tell(refused);
            return;
        }
        SessionPeers? peers = null;
        if (RequestReader.TryRead(message, out var join, out var reason) && (peers = ResolvePeers(join.Cache, join.Watcher, join.Transfer)) is null)
            reason = "cache, watcher and transfer must be actors of the system that joins";
        if (peers is null)
        {
            _log.Info("A Join from {0} cannot be read: {1}", Sender.Path.Address, reason);
            Sender.Tell(new JoinRefused { Attempt = message.Attempt, Reason = JoinRefusal.Malformed, Text = reason });
            return;
        }
        Step(new RegistryEvent.JoinAsked(join!, peers));
    }

    private SessionPeers? ResolvePeers(string cache, string watcher, string transfer)
    {
        var system = Context.System;
        return WirePath.ResolveOwn(cache, Sender, system) is { } cacheRef
            && WirePath.ResolveOwn(watcher, Sender, system) is { } watcherRef
            && WirePath.ResolveOwn(transfer, Sender, system) is { } transferRef
            ? new SessionPeers(Sender, cacheRef, watcherRef, transferRef, DrawSecret())
            : null;
    }

    private ByteString DrawSecret()
    {
        var secret = new byte[SessionKey.SecretBytes];
        _settings.Entropy.Fill(secret);
        return UnsafeByteOperations.UnsafeWrap(secret);
    }

    private void OnPush(Push message)
    {
        if (_state.Find(message.Session) is { } known && !known.Key.Admits(message, Context))
            return;
        var bytes = message.CalculateSize();
        if (!_state.MayRead(message, bytes, out var session, out var refused))
        {
            Sender.Tell(refused);
            return;
        }
        if (RequestReader.TryRead(message, out var push, out var reason))
        {
            Step(new RegistryEvent.PushCame(session, push, bytes));
            return;
        }
        _log.Info("A Push from {0} cannot be read: {1}", Sender.Path.Address, reason);
        Sender.Tell(session.Key.Seal(new PushRejected { Counter = message.Counter, Reason = PushRejection.Malformed, Text = reason }));
    }

    private void OnChildEnded(IActorRef child)
    {
        // Without one of the store's actors nothing works: start over with all of them.
        if (!IsSession(child))
            throw new InvalidOperationException($"{child.Path.Name} has ended");
        if (ulong.TryParse(child.Path.Name.AsSpan(SessionPrefix.Length), out var number))
            Step(new RegistryEvent.SessionEnded(number));
    }

    private void OnStatusQuery()
    {
        // Counting reads the whole tree. Over the limit: ignored, the caller retries.
        if (_statusAsked >= StatusQueriesMax)
            return;
        _statusAsked++;
        _stores.Parts.Tell(new ReadSizes(Sender));
    }

    private void OnSizesRead(SizesRead sizes)
    {
        _statusAsked--;
        sizes.Asker.Tell(new ServerStatusReply { Json = StatusReport.Json(_settings, _state, sizes.ByShare, Context.System.Uptime, Refusals.Of(Context.System).Count) });
    }

    /// <summary>
    /// The answer to a batch was lost (a mailbox overflowed) and would never come: start over. All clients join again, and ask
    /// then for the outcomes that are in doubt.
    /// </summary>
    private void WatchBatch()
    {
        var batch = _state.BatchUnderWay;
        _batchTicks = batch is not null && ReferenceEquals(batch, _watchedBatch) ? _batchTicks + 1 : 0;
        _watchedBatch = batch;
        if (_batchTicks >= BatchTicksMax)
            throw new InvalidOperationException("the answer to a batch is missing");
    }

    private void OnStop()
    {
        _stopper = Sender;
        Step(RegistryEvent.StopAsked.Instance);
    }

    private void Step(RegistryEvent e)
    {
        foreach (var effect in _state.Step(e))
            Do(effect);
        // A session that has not ended yet may not have said goodbye. What was sent is flushed as the system ends.
        if (_stopper is null || !_state.IsQuiet || Context.GetChildren().Any(IsSession))
            return;
        _stopper.Tell(RegistryStopped.Instance);
        _stopper = null;
    }

    private void Do(RegistryEffect effect)
    {
        switch (effect)
        {
            case RegistryEffect.RunBatch batch: _committer.Tell(batch); break;
            case RegistryEffect.Send send: send.To.Tell(send.Message); break;
            case RegistryEffect.OpenSession open: OpenSession(open.Terms); break;
            case RegistryEffect.TellSession tell: Session(tell.Session).Tell(tell.Message); break;
            case RegistryEffect.Announce announce: Announce(announce.News); break;
            case RegistryEffect.ScheduleProbe: Timers.StartSingleTimer("probe", RegistryEvent.ProbeDue.Instance, ProbeAfter); break;
            case RegistryEffect.NarrateLine narrate: _journal.Narrate(narrate.Line); break;
            case RegistryEffect.RecordEvent record: _journal.Record(record.Event); break;
            default: throw new InvalidOperationException($"{effect.GetType().Name} is not known");
        }
    }

    private void OpenSession(SessionTerms terms)
    {
        var (stores, journal, board) = (_stores, _journal, _settings.Board);
        Context.Watch(Context.ActorOf(Props.Create(() => new SessionActor(terms, stores, journal, board)).WithMailbox(OutsideMailbox.Path), SessionName(terms.Number)));
    }

    private void Announce(HeadMoved news)
    {
        foreach (var session in _state.Sessions)
        {
            if (session.Share.Id == news.Share)
                Session(session.Number).Tell(news);
        }
    }

    private static IActorRef Session(ulong number) => Context.Child(SessionName(number));

    private static bool IsSession(IActorRef child) => child.Path.Name.StartsWith(SessionPrefix, StringComparison.Ordinal);

    private static string SessionName(ulong number) => SessionPrefix + number;

    private void OnLookAtUploads()
    {
        var isFree = _state.IsFetchingNothing && _state.CannotWrite is null;
        if (isFree)
            _committer.Tell(new ForgetUploads(_settings.KeepUploads));
        Timers.StartSingleTimer(UploadsTimer, LookAtUploads.Instance, isFree ? _settings.LookAtUploadsEvery : LookAtUploadsAgainAfter);
    }

    /// <summary>A batch looks itself, and so does a probe.</summary>
    private void OnLookAtPlace()
    {
        if (_state.BatchUnderWay is null && _state.CannotWrite is null)
            _committer.Tell(LookAtPlace.Instance);
    }

    private sealed class LookAtUploads
    {
        public static readonly LookAtUploads Instance = new();
    }

    private sealed class BatchWatch
    {
        public static readonly BatchWatch Instance = new();
    }
}

/// <summary>
/// To the registry: take nothing new, finish what is under way, tell every client that the session is over. Answered by
/// <see cref="RegistryStopped"/>.
/// </summary>
internal sealed class StopRegistry
{
    public static readonly StopRegistry Instance = new();
}

internal sealed class RegistryStopped
{
    public static readonly RegistryStopped Instance = new();
}

/// <summary>What the registry is given by its process.</summary>
internal sealed record RegistrySettings(IShareStore Store, IEntropy Entropy, INodeJournal Journal)
{
    /// <summary>For actors that wait for a disk: one thread each.</summary>
    public const string PinnedDispatcher = "actors.server.store-dispatcher";

    public RegistryLimits Limits { get; init; } = new();

    /// <summary>An answer that is missing for six times this long is lost: longer than a slow disk takes for a transaction.</summary>
    public TimeSpan BatchWatchEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Content that no commit names is kept for so long: the client may come back and finish its upload.</summary>
    public TimeSpan KeepUploads { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How often uploads are looked at; more often while one is under way.</summary>
    public TimeSpan LookAtUploadsEvery { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Where clients' own stories go; null: there is no console.</summary>
    public StoryBoard? Board { get; init; }

    /// <summary>What `status` tells of the process: where it listens, where its data is.</summary>
    public required string ListenAddress { get; init; }

    public required string DataDirectory { get; init; }
}

/// <summary>What the registry holds at most. At each limit only the newcomer is turned away, for now.</summary>
internal sealed record RegistryLimits
{
    /// <summary>Clients that are admitted at the same time; policy: Join is refused as busy.</summary>
    public int ClientsMax { get; init; } = 1_000;

    /// <summary>Joins that wait for the ledger; policy: refused as busy.</summary>
    public int JoinsWaitingMax { get; init; } = 1_000;

    /// <summary>Bytes of pushes that wait for the ledger or for their content, of all clients; policy: refused as unavailable, undecided.</summary>
    public long PushBytesWaitingMax { get; init; } = 64 << 20;

    /// <summary>Joins and pushes in one transaction; the next ones wait.</summary>
    public int BatchCommandsMax { get; init; } = 256;

    /// <summary>Bytes of pushes in one transaction, unless a single one has more.</summary>
    public long BatchBytesMax { get; init; } = 4 << 20;
}
