using Actors.Event;

namespace Actors.Remote;

/// <summary>
/// One connection to a peer. Reading: cuts frames and hands them on. Writing: one work item at a time gathers control
/// frames and, if this is the link that its association writes to, messages into one buffer, and sends it with one call.
/// </summary>
#pragma warning disable CA1001 // the receive buffer goes back where reading ends
internal sealed partial class Link(Remoting remoting, IConnection connection, Association? association, int id) : IConnectionHandler
#pragma warning restore CA1001
{
    private readonly FrameBuffer _received = new(HandshakeBytesMax);
    private readonly InboundDelivery _delivery = new(remoting);
    private volatile Association? _association = association;
    private long _lastHeardTicks;
    private string? _failure;
    private volatile bool _isDone;

    /// <summary>The longest frame a stranger may send; an ASSOCIATE is shorter.</summary>
    private const int HandshakeBytesMax = 2048;

    /// <summary>The number of this link in its association; 0 until a peer that dialled has introduced itself.</summary>
    public int Id { get; private set; } = id;

    public string Peer => connection.Peer;

    /// <summary>When bytes came in last.</summary>
    public TimeSpan LastHeard => new(Interlocked.Read(ref _lastHeardTicks));

    public void Open()
    {
        remoting.LinkOpened();
        connection.Open(this);
    }

    /// <summary>Says whose connection this is. Called before the peer is answered.</summary>
    public void Belong(Association association, int id)
    {
        Id = id;
        _association = association;
    }

    /// <summary>Lets messages in and, from the writing side, out. Called before the peer can know of it.</summary>
    public void Establish()
    {
        _received.FrameBytesMax = remoting.Settings.FrameBytesMax;
        _isEstablished = true;
    }

    public Memory<byte> GetReceiveBuffer() => _received.GetMemory();

    public void OnReceived(int count)
    {
        Interlocked.Exchange(ref _lastHeardTicks, remoting.Host.Now.Ticks);
        _received.Advance(count);
        while (!_isDone)
        {
            var result = _received.TryRead(out var frame);
            if (result == FrameReadResult.Incomplete)
                return;
            if (result == FrameReadResult.TooLong)
                Fail(Rejection.FrameTooLong, "a frame over the limit");
            else
                Take(frame);
        }
        _received.Discard(); // what a peer sends after a farewell, or after it broke the protocol
    }

    public void OnClosed(string? cause)
    {
        cause = _failure ?? cause ?? (_received.HasPartialFrame && !_isDone ? "the connection ended inside a frame" : null);
        _received.Dispose();
        if (_association is { } association)
            association.OnClosed(Id, cause);
        else
            remoting.Handshakes.Remove(this);
        remoting.LinkClosed();
    }

    public void Abort() => connection.Abort();

    /// <summary>Closes because of something that the other side, or this one, did wrong.</summary>
    public void Abort(string cause)
    {
        _failure ??= cause;
        connection.Abort();
    }

    private void Take(ReadOnlySpan<byte> frame)
    {
        try
        {
            Dispatch(frame);
        }
        catch (Exception e)
        {
            // Whatever fails here must not end the process, and the stream cannot be trusted to be in step.
            remoting.Log.Error(e, "A frame from {0} could not be handled; the connection is closed", Peer);
            _isDone = true;
            Abort(e.Message);
        }
    }

    private void Dispatch(ReadOnlySpan<byte> frame)
    {
        var pdu = Pdu.Decode(frame);
        switch (pdu.Kind)
        {
            case PduKind.Payload when _isEstablished:
                TakePayload(in pdu);
                break;
            case PduKind.Control:
                TakeControl(in pdu);
                break;
            case PduKind.Payload:
                Fail(Rejection.NoHandshake, "a message before the handshake");
                break;
            default:
                Fail(Rejection.MalformedFrame, "a malformed frame");
                break;
        }
    }

    private void TakeControl(in Pdu pdu)
    {
        switch (pdu.Command)
        {
            case ControlCommand.Associate when _association == null:
                remoting.Introduce(this, pdu.Handshake!);
                break;
            case ControlCommand.Associate when !_isEstablished:
                _association.OnAnswered(this, pdu.Handshake!);
                break;
            case ControlCommand.Associate:
                Fail(Rejection.MalformedFrame, "a second handshake");
                break;
            case ControlCommand.Heartbeat when _isEstablished:
                break;
            case ControlCommand.Heartbeat:
                Fail(Rejection.NoHandshake, "a heartbeat before the handshake");
                break;
            default:
                _isDone = true;
                if (_association is { } association)
                    association.OnDisassociated(this, pdu.Command);
                else
                    Abort();
                break;
        }
    }

    private void TakePayload(in Pdu pdu)
    {
        if (pdu.Acknowledgement != null)
            _association!.OnAcknowledged(pdu.Acknowledgement);
        if (!pdu.HasEnvelope)
            return;
        if (pdu.Seq == Pdu.Unnumbered)
            _delivery.Deliver(in pdu, _association!.Remote);
        else
            _association!.OnNumbered(pdu.Seq, _delivery.Decode(in pdu, _association.Remote));
    }

    private void Fail(Rejection rejection, string what)
    {
        _isDone = true;
        remoting.Rejections.Count(rejection, $"{Peer} sent {what}; the connection is closed");
        Abort($"{Peer} sent {what}");
    }
}
