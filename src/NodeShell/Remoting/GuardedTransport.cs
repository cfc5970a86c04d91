using System.Collections.Concurrent;
using Akka.Remote.Transport;
using Google.Protobuf;

namespace Actors.NodeShell;

/// <summary>
/// The transport that remoting is given, with a guard in front: each inbound envelope is read once, and what is not of the
/// closed set of <see cref="InboundRules"/> goes no further. A server dials no client (what a client calls its address need not
/// be its own), and no node dials a client.
/// </summary>
internal sealed class GuardedTransport : Transport
{
    // So many connections may be waited for that have not introduced themselves; one more ends the oldest of them. A node that
    // means it does so at once.
    private const int StrangersMax = 256;

    private readonly Transport _below;
    private readonly Refusals _refusals;
    private readonly ReachablePaths _reachable;
    private readonly bool _dials;
    private readonly bool _accepts;
    private readonly LinkedList<GuardedAssociation> _strangers = [];
    private readonly ConcurrentDictionary<string, GuardedAssociation> _accepted = [];
    private InboundRules? _rules;

    public GuardedTransport(Transport below, ExtendedActorSystem system)
    {
        _below = below;
        System = system;
        Config = below.Config;
        SchemeIdentifier = below.SchemeIdentifier;
        _refusals = Refusals.Of(system);
        var doors = system.Settings.Config.GetConfig("actors.doors");
        _reachable = new ReachablePaths(doors.GetStringList("reachable", []));
        _dials = doors.GetBoolean("dials");
        _accepts = doors.GetBoolean("accepts");
    }

    public override long MaximumPayloadBytes => _below.MaximumPayloadBytes;

    public override async Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen()
    {
        var (address, below) = await _below.Listen();
        _rules = new InboundRules(NodeOf(address), _reachable);
        var above = new TaskCompletionSource<IAssociationEventListener>();
        _ = AcceptWhenWantedAsync(above.Task, below);
        return (address, above);
    }

    public override bool IsResponsibleFor(Address remote) => _below.IsResponsibleFor(remote);

    public override async Task<AssociationHandle> Associate(Address remoteAddress)
    {
        if (!_dials)
        {
            return _accepted.TryGetValue(NodeOf(remoteAddress), out var accepted)
                ? new ReturnAssociation(accepted, remoteAddress)
                : throw new InvalidAssociationException($"{remoteAddress} is not dialled: it connects by itself");
        }
        var below = await _below.Associate(remoteAddress);
        return new GuardedAssociation(below, new InboundFilter(_rules!, NodeOf(remoteAddress)), _refusals);
    }

    public override Task<bool> Shutdown() => _below.Shutdown();

    public override Task<bool> ManagementCommand(object message) => _below.ManagementCommand(message);

    private static string NodeOf(Address address) => $"{address.System}@{address.Host}:{address.Port}";

    private async Task AcceptWhenWantedAsync(Task<IAssociationEventListener> above, TaskCompletionSource<IAssociationEventListener> below)
    {
        var listener = await above;
        below.TrySetResult(new AssociationListener(this, listener));
    }

    private void Take(IAssociationEvent happened, IAssociationEventListener listener)
    {
        if (happened is not InboundAssociation inbound)
        {
            listener.Notify(happened);
            return;
        }
        var association = new GuardedAssociation(inbound.Association, new InboundFilter(_rules!, null), _refusals) { WhyNot = Welcome };
        if (!_accepts)
        {
            association.Refuse("a connection: this node connects by itself");
            return;
        }
        Await(association);
        listener.Notify(new InboundAssociation(association));
    }

    private void Await(GuardedAssociation stranger)
    {
        stranger.Ended += Forget;
        GuardedAssociation? oldest = null;
        lock (_strangers)
        {
            _strangers.AddLast(stranger);
            if (_strangers.Count > StrangersMax)
            {
                oldest = _strangers.First!.Value;
                _strangers.RemoveFirst();
            }
        }
        oldest?.Refuse("a connection that says nothing, where too many do");
    }

    /// <summary>Null: welcome. Two connections of one node carry the same introduction, down to the number that its system has drawn.</summary>
    private string? Welcome(GuardedAssociation known)
    {
        lock (_strangers)
            _strangers.Remove(known);
        var connected = _accepted.GetOrAdd(known.Peer, known);
        if (!connected.Introduction!.Equals(known.Introduction))
            return "an introduction by the name of another node that is connected";
        _accepted[known.Peer] = known;
        return null;
    }

    private void Forget(GuardedAssociation ended, Disassociated end)
    {
        lock (_strangers)
            _strangers.Remove(ended);
        _accepted.TryRemove(new(ended.Peer, ended));
    }

    private sealed class AssociationListener(GuardedTransport owner, IAssociationEventListener above) : IAssociationEventListener
    {
        public void Notify(IAssociationEvent ev) => owner.Take(ev, above);
    }
}

/// <summary>Makes the guard; named in hocon/remoting.conf.</summary>
public sealed class GuardProvider : ITransportAdapterProvider
{
    public Transport Create(Transport wrappedTransport, ExtendedActorSystem system) => new GuardedTransport(wrappedTransport, system);
}

/// <summary>A connection whose inbound frames pass the filter before remoting sees them.</summary>
internal sealed class GuardedAssociation : AssociationHandle
{
    private readonly AssociationHandle _below;
    private readonly InboundFilter _filter;
    private readonly Refusals _refusals;

    public GuardedAssociation(AssociationHandle below, InboundFilter filter, Refusals refusals)
        : base(below.LocalAddress, below.RemoteAddress)
    {
        (_below, _filter, _refusals) = (below, filter, refusals);
        _ = ReadWhenWantedAsync();
    }

    /// <summary>The peer has introduced itself: may it? Asked before remoting sees it; null: it may.</summary>
    public Func<GuardedAssociation, string?>? WhyNot { get; init; }

    /// <summary>The connection is over. Called before remoting sees it.</summary>
    public event Action<GuardedAssociation, Disassociated>? Ended;

    /// <summary>The frame by which the peer has introduced itself.</summary>
    public ByteString? Introduction { get; private set; }

    /// <summary>System, host and port of the peer.</summary>
    public string Peer => _filter.Peer;

    public override bool Write(ByteString payload) => _below.Write(payload);

#pragma warning disable CS0618, CS0672 // What says a reason only logs it, at DEBUG, and calls this one.
    public override void Disassociate() => _below.Disassociate();

    public void Refuse(string reason)
    {
        _refusals.Add(_filter.Peer, reason);
        _below.Disassociate();
    }
#pragma warning restore CS0618, CS0672

    private async Task ReadWhenWantedAsync()
    {
        var listener = await ReadHandlerSource.Task;
        _below.ReadHandlerSource.TrySetResult(new HandleListener(this, listener));
    }

    private void Take(IHandleEvent happened, IHandleEventListener listener)
    {
        if (happened is Disassociated end)
            Ended?.Invoke(this, end);
        if (happened is not InboundPayload inbound || MayPass(inbound.Payload))
            listener.Notify(happened);
    }

    private bool MayPass(ByteString frame)
    {
        var verdict = _filter.Judge(frame.Span);
        if (Introduction is null && _filter.HasPeer)
        {
            Introduction = frame;
            if (WhyNot?.Invoke(this) is { } reason)
                verdict = Verdict.Close(reason);
        }
        if (verdict.Action == VerdictAction.Close)
            Refuse(verdict.Reason);
        else if (verdict.Action == VerdictAction.Drop)
            _refusals.Add(_filter.Peer, verdict.Reason);
        return verdict.Action == VerdictAction.Pass;
    }

    private sealed class HandleListener(GuardedAssociation owner, IHandleEventListener above) : IHandleEventListener
    {
        public void Notify(IHandleEvent ev) => owner.Take(ev, above);
    }
}

/// <summary>
/// What a node that dials no other is given where remoting wants to dial: the way back over the connection that the peer has
/// made. Stock remoting answers on an accepted connection only if it had none to that peer when the connection came; after
/// a broken one it would dial instead, and a client behind a firewall could never be answered again.
/// </summary>
internal sealed class ReturnAssociation : AssociationHandle
{
    // The first byte of a control frame, and of its kind.
    private const byte ControlField = 0x12;
    private const byte KindField = 0x08;
    private const byte Associate = 1;
    private const byte Heartbeat = 3;

    private readonly GuardedAssociation _accepted;

    public ReturnAssociation(GuardedAssociation accepted, Address remoteAddress)
        : base(accepted.LocalAddress, remoteAddress)
    {
        _accepted = accepted;
        accepted.Ended += OnEnded;
    }

    public override bool Write(ByteString payload)
    {
        switch (KindOf(payload.Span))
        {
            // The peer has said who it is when it connected, and has been answered then.
            case Associate:
                Tell(new InboundPayload(_accepted.Introduction!));
                return true;
            // Whether the peer is alive is seen where its frames are read.
            case Heartbeat:
                Tell(new InboundPayload(payload));
                return true;
            default:
                return _accepted.Write(payload);
        }
    }

    /// <summary>Nothing is written this way any more; the connection goes on as long as it is read.</summary>
#pragma warning disable CS0672 // As in the base.
    public override void Disassociate() => _accepted.Ended -= OnEnded;
#pragma warning restore CS0672

    // A control frame is [field, length, field of the kind, kind, ...].
    private static byte? KindOf(ReadOnlySpan<byte> frame) => frame is [ControlField, _, KindField, var kind, ..] ? kind : null;

    private void OnEnded(GuardedAssociation accepted, Disassociated end) => Tell(end);

    private void Tell(IHandleEvent happened)
    {
        if (ReadHandlerSource.Task is { IsCompletedSuccessfully: true } listener)
            listener.Result.Notify(happened);
    }
}
