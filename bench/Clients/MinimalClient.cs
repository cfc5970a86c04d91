using System.Buffers.Binary;
using Actors.Messages;
using Google.Protobuf;

namespace Actors.Bench.Clients;

/// <summary>
/// A client without a disk: joins with the real messages, watches its session, pulls when it is told that the share has moved
/// and says so, and joins again when the connection ends. Replica, Cache, Watcher and transfer in one actor.
/// </summary>
internal sealed class MinimalClient : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(5);

    private readonly int _number;
    private readonly FleetProgress _progress;
    private readonly ActorSelection _registry;
    private ulong _attempt;
    private ulong _request;
    private ulong _pulledHead;
    private TimeSpan _pause = PauseMin;
    private IActorRef _session = ActorRefs.Nobody;
    private SessionKey _key = new(0, ByteString.Empty);
    private ByteString _epoch = ByteString.Empty;
    private Position? _position;
    private bool _isPulling;

    public MinimalClient(int number, Address server, FleetProgress progress)
    {
        (_number, _progress) = (number, progress);
        _registry = Context.ActorSelection(new RootActorPath(server) / "user" / "registry");
        Receive<Begin>(_ => SendJoin());
        Receive<Welcome>(OnWelcome);
        Receive<JoinRefused>(_ => Retry());
        Receive<Invalidate>(OnInvalidate);
        Receive<Updates>(OnUpdates);
        Receive<SessionClosed>(_ => OnGone());
        Receive<Terminated>(_ => OnGone());
        Receive<DisassociatedEvent>(_ => OnGone());
        Receive<AssociationErrorEvent>(_ => OnGone());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(DisassociatedEvent));
        Context.System.EventStream.Subscribe(Self, typeof(AssociationErrorEvent));
    }

    private void SendJoin()
    {
        string own = Self.Path.ToSerializationFormatWithAddress(((ExtendedActorSystem)Context.System).Provider.DefaultAddress);
        byte[] id = new byte[Limits.NodeIdBytes];
        BinaryPrimitives.WriteInt32LittleEndian(id, _number + 1);
        _registry.Tell(new Join
        {
            Protocol = Limits.ProtocolVersion,
            Node = new NodeIdentity { Id = ByteString.CopyFrom(id), Incarnation = 1, Instance = (ulong)_number + 1 },
            Attempt = ++_attempt,
            Share = "default",
            Position = _position,
            Newest = _position,
            Cache = own,
            Watcher = own,
            Transfer = own,
        });
        Timers.StartSingleTimer(nameof(Begin), Begin.Instance, AnswerMax);
    }

    private void OnWelcome(Welcome welcome)
    {
        if (welcome.Attempt != _attempt)
            return;
        Timers.Cancel(nameof(Begin));
        _pause = PauseMin;
        _session = Context.Watch(Sender);
        _key = new SessionKey(welcome.Session, welcome.Secret);
        _epoch = welcome.Epoch;
        _progress.Joined(_number, true);
        Pull();
    }

    private void OnInvalidate(Invalidate notice)
    {
        if (!_key.Fits(notice))
            return;
        _session.Tell(_key.Seal(new Invalidated { Head = notice.Head }));
        if (!_isPulling && notice.Head > _pulledHead)
            Pull();
    }

    private void Pull()
    {
        _isPulling = true;
        ulong cursor = _position?.Cursor ?? 0;
        _session.Tell(_key.Seal(new Pull { Request = ++_request, Epoch = _epoch, AfterVersion = cursor, Cursor = cursor }));
    }

    /// <summary>What is edited here fits one page. The server hears of the new position with one more, empty, answer.</summary>
    private void OnUpdates(Updates page)
    {
        if (!_key.Fits(page) || page.Request != _request)
            return;
        _isPulling = false;
        bool isNews = _position is null || page.Position.Cursor > _position.Cursor;
        _position = page.Position;
        _pulledHead = page.Position.Cursor;
        _progress.Pulled(_number, _pulledHead);
        if (isNews)
            Pull();
    }

    private void OnGone()
    {
        if (!_session.IsNobody())
            Context.Unwatch(_session);
        _session = ActorRefs.Nobody;
        _isPulling = false;
        _progress.Joined(_number, false);
        Retry();
    }

    /// <summary>As the client node does: doubled from try to try, and not all at the same time.</summary>
    private void Retry()
    {
        double spread = 0.75 + (_number * 0.618 % 1 / 2);
        Timers.StartSingleTimer(nameof(Begin), Begin.Instance, _pause * spread);
        _pause = TimeSpan.FromTicks(Math.Min(2 * _pause.Ticks, PauseMax.Ticks));
    }

    public sealed record Begin
    {
        public static Begin Instance { get; } = new();
    }
}
