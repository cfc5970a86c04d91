using Akka.Remote.Transport;
using Google.Protobuf;

namespace Actors.Common;

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
