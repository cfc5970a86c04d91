using Akka.Remote.Transport;
using Google.Protobuf;

namespace Actors.Common;

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
