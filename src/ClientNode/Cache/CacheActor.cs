using System.Diagnostics.CodeAnalysis;
using Actors.Client.Content;
using Actors.Client.Disk;
using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Client.Watcher;
using Actors.Messages;
using Actors.Messages.Wire;
using Actors.NodeShell;

namespace Actors.Client.Cache;

/// <summary>
/// Owns what the replica knows. Every input goes into the <see cref="Replica"/>; what comes out is carried out in an order
/// that survives a crash: the disk, then the stored state, then messages to others.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "An actor ends what it owns in PostStop.")]
public sealed partial class CacheActor : ReceiveActor, IWithTimers
{
    private const string TickTimer = "tick";
    private const string StoreTimer = "store";
    private const string AbsenceTimer = "absence";
    private const string NewNameTimer = "new-name";
    private const string OrderTimer = "order";
    private static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StoreAfter = TimeSpan.FromMilliseconds(30);

    // A path that was due and is there again: the Watcher has been asked, and its answer follows.
    private static readonly TimeSpan LookAgainAtAbsencesAfter = TimeSpan.FromMilliseconds(50);

    private readonly ReplicaHome _home;
    private readonly IActorRef _watcher;
    private readonly IActorRef _transfer;
    private readonly IReplicaStore _store;
    private readonly TimeProvider _clock;
    private readonly ReplicaDisk _disk;
    private readonly Applier _applier;
    private readonly RoomKeeper _room;
    private readonly DisplacedWatch _displaced;
    private readonly Replica _replica;
    private readonly RootGuard _guard;
    private IActorRef _sessionActor = ActorRefs.Nobody;
    private long _ticks;
    private bool _isOutOfWatches;
    private bool _isStagingSwept;
    private bool _isReadingOn;
    private int _unnameable;

    public CacheActor(ReplicaHome home, IActorRef watcher, IActorRef transfer)
    {
        (_home, _watcher, _transfer) = (home, watcher, transfer);
        _clock = new ActorSystemTime(Context.System.Scheduler);
        _room = new RoomKeeper(new DiskRoom(home.Files, home.DiskReserveBytes));
        StagingRoom.Make(home.Files, home.DiskReserveBytes);
        _store = home.OpenStore();
        try
        {
            _disk = new ReplicaDisk(home.Files, home.Traits, _store);
            var identity = EstablishIdentity();
            _applier = new Applier(_disk, Math.Max(new Recovery(_disk, Naming(identity)).Run(), FirstIntentOf(identity)));
            _displaced = new DisplacedWatch(_disk, _clock, home.Observer);
            _replica = new Replica(_store, identity, home.Replica, _clock);
            _guard = new RootGuard(home.Files, identity);
            if (_replica.Remote.GivenName is { } name)
                home.Journal.NameNode(name);
        }
        catch
        {
            // PostStop does not run for an actor that could not be made.
            _store.Dispose();
            throw;
        }
        ReceiveDisk();
        ReceiveServer();
        ReceiveControl();
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(TickTimer, Tick.Instance, TickEvery);
        _watcher.Tell(new WatcherActor.Begin(Self));
        Context.Parent.Tell(CacheReady.Instance);
    }

    protected override void PostStop()
    {
        try
        {
            if (!_disk.IsBroken)
                Store();
        }
        finally
        {
            _displaced.Dispose();
            _store.Dispose();
        }
    }

    private ReplicaIdentity EstablishIdentity()
    {
        var own = _home.Files.Stat(ReplicaLayout.Own) ?? throw new FileFaultException(FileFault.NotFound, "open", ReplicaLayout.Own, "it is gone");
        var changes = new ReplicaChanges();
        var identity = IdentityKeeper.Establish(_store.ReadFacts(), _home.Machine, own.Device, own.Inode, _home.Entropy, changes);
        _store.Commit(changes);
        return identity;
    }

    /// <summary>
    /// No start uses a name in the staging area that an earlier one has used: a loss of power may bring back what lay under
    /// it then, and recovery would take that for what an update has displaced.
    /// </summary>
    private static long FirstIntentOf(ReplicaIdentity identity) => (long)Math.Min(identity.Incarnation, int.MaxValue) << 32;

    private CopyNaming Naming(ReplicaIdentity identity)
    {
        var facts = _store.ReadFacts();
        return new CopyNaming(facts.Name.Length > 0 ? facts.Name : "this client", _clock.GetUtcNow(), new(identity.Id, facts.LastCounter + 1));
    }

    private void ReceiveDisk()
    {
        Receive<WatcherActor.Observed>(observed => OnObserved(observed.Seen));
        Receive<WatcherActor.Scanned>(OnScanned);
        Receive<WatcherActor.Withheld>(withheld => Do(() => _replica.Outgoing.Withhold(withheld.Push, withheld.IsRepeat, withheld.There)));
        Receive<WatcherActor.Undurable>(failed => Do(() => _replica.Outgoing.WithholdUndurable(failed.Push, failed.Paths)));
        Receive<WatcherActor.Settled>(settled => OnDiskSettled(settled.Request));
        Receive<TransferActor.Fetched>(fetched => Do(() => _replica.Remote.Content.TakeFetched(fetched.Content, fetched.StagedName)));
        Receive<TransferActor.NoRoom>(full => Do(() => _replica.HoldForRoom(full.Content, full.FreeBytes)));
        Receive<TransferActor.CannotStage>(refused => Do(() => _replica.HoldFetch(refused.Content, refused.Reason)));
        Receive<TransferActor.FetchFailed>(failed => Do(() => _replica.FailFetch(failed.Content)));
        Receive<Tick>(_ => OnTick());
        Receive<StoreNow>(_ => Store());
        Receive<ReadOn>(_ => OnReadOn());
        Receive<LookAtAbsences>(_ => OnLookAtAbsences());
        Receive<LookAtNewNames>(_ => OnLookAtNewNames());
        Receive<OrderDue>(_ => Pump());
    }

    /// <summary>One input, and everything that follows from it.</summary>
    private void Do(Action input)
    {
        input();
        Pump();
    }

    private void Pump()
    {
        while (true)
        {
            if (_replica.MayApply && !_guard.MayApply(_replica))
                StopReplica();
            _replica.Plan();
            foreach (var path in _replica.Output.TakeAdopted())
                _disk.NoteAdopted(path);
            var orders = _replica.Output.TakeOrders();
            if (orders.Count == 0)
                break;
            StoreWhole();
            var (fitting, refused) = _room.Divide(orders);
            foreach (var outcome in refused)
                _replica.Report(outcome);
            foreach (var outcome in fitting.Count == 0 ? [] : _applier.Run(fitting, _replica.Output.TakeChanges()))
                _replica.Report(outcome);
        }
        var effects = _replica.Output.TakeEffects();
        // What others are told must not be forgotten here: a push that was sent is known after any crash.
        if (effects.Any(effect => effect is ReplicaEffect.SendPush or ReplicaEffect.Rejoin))
        {
            Prepare(effects);
            Store();
        }
        foreach (var effect in effects)
            Carry(effect);
        if ((_replica.Output.HasChanges || _disk.HasChanges) && !Timers.IsTimerActive(StoreTimer))
            Timers.StartSingleTimer(StoreTimer, StoreNow.Instance, StoreAfter);
        if (_replica.Local.AbsenceDueNs is { } goneNs && !Timers.IsTimerActive(AbsenceTimer))
            Timers.StartSingleTimer(AbsenceTimer, LookAtAbsences.Instance, _clock.Until(goneNs) is { Ticks: > 0 } untilDue ? untilDue : LookAgainAtAbsencesAfter);
        if (_replica.Local.NewNameDueNs is { } dueNs && !Timers.IsTimerActive(NewNameTimer))
            Timers.StartSingleTimer(NewNameTimer, LookAtNewNames.Instance, _clock.Until(dueNs));
        if (_replica.Outgoing.OrderDueNs is { } orderDueNs)
            Timers.StartSingleTimer(OrderTimer, OrderDue.Instance, _clock.Until(orderDueNs));
        SweepStaging();
        AnswerSyncs();
    }

    /// <summary>The Watcher makes durable what the pushes name, while they are stored here.</summary>
    private void Prepare(IReadOnlyList<ReplicaEffect> effects)
    {
        if (_replica.Remote.Session is not { } session)
            return;
        foreach (var send in effects.OfType<ReplicaEffect.SendPush>())
            _watcher.Tell(new PushDispatch(send.Push, send.Follows, _replica.Outgoing.Identity.Id, _home.Replica.Share, session.Epoch, session.Key, _replica.Outgoing.SettledThrough) { IsRepeat = send.IsRepeat });
    }

    private void Store()
    {
        StoreWhole();
        if (_replica.Output.HasChanges || _disk.HasChanges)
            _disk.Commit(_replica.Output.TakeChanges());
    }

    private void StoreWhole()
    {
        if (_replica.Output.TakeWholeChanges() is { } whole)
            _disk.CommitBefore(whole);
    }

    private void Carry(ReplicaEffect effect)
    {
        switch (effect)
        {
            case ReplicaEffect.SendPush send:
                Send(send.Push);
                break;
            case ReplicaEffect.EndPush end:
                _transfer.Tell(new TransferActor.EndOffer(end.Push.Counter));
                break;
            case ReplicaEffect.SendPull send:
                _sessionActor.Tell(Seal(send.Pull.ToMessage()));
                break;
            case ReplicaEffect.AnswerInvalidate answer:
                _sessionActor.Tell(Seal(new Invalidated { Head = answer.Head }));
                break;
            case ReplicaEffect.Fetch fetch:
                _transfer.Tell(new TransferActor.FetchContent(fetch.Wanted));
                break;
            case ReplicaEffect.EndFetch end:
                _transfer.Tell(new TransferActor.StopFetch(end.Path));
                break;
            case ReplicaEffect.Discard discard:
                _ = _home.Files.Delete(ReplicaLayout.InStaging(discard.StagedName));
                break;
            case ReplicaEffect.Examine examine:
                _watcher.Tell(new WatcherActor.Look(examine.Paths));
                break;
            case ReplicaEffect.Rejoin rejoin:
                Context.Parent.Tell(new RejoinNeeded(rejoin.Reason, rejoin.UnderNewIdentity));
                break;
            case ReplicaEffect.Narrate narrate:
                _home.Journal.Narrate(narrate.Line);
                break;
            case ReplicaEffect.Record record:
                _home.Journal.Record(record.Event);
                break;
        }
    }

    private void Send(StoredPush push)
    {
        if (_replica.Remote.Session is null)
            return;
        _transfer.Tell(new TransferActor.OfferContent(push));
        _watcher.Tell(new WatcherActor.PushStored(push.Counter));
    }
}
