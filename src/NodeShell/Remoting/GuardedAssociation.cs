using Akka.Remote.Transport;
using Google.Protobuf;

namespace Actors.NodeShell;

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
