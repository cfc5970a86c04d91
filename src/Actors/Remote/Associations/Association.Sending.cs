using System.Buffers;

namespace Actors.Remote;

/// <summary>Messages on their way out.</summary>
internal sealed partial class Association
{
    /// <summary>
    /// How much bulk goes into one write. A control message that comes just after waits for no more than this.
    /// </summary>
    private const int BulkBytesPerWrite = 64 * 1024;

    /// <summary>In every so many writes one bulk message goes first, so that endless control traffic does not starve it.</summary>
    private const int ControlWritesPerBulk = 8;

    /// <summary>Taken by whoever moves messages out of the lanes; never while <see cref="_gate"/> is held.</summary>
    private readonly Lock _drain = new();
    private readonly OutboundLane _control;
    private readonly OutboundLane _bulk;

    /// <summary>How many locks of associations this thread holds: what is sent meanwhile, such as news of a dead letter, others write.</summary>
    [ThreadStatic]
    private static int _locksHeld;

    private readonly SenderPaths _senderPaths = new();
    private int _gatherings;

    /// <summary>Queues a message, or gives it to dead letters: while the address is gated, or when its lane is full.</summary>
    public void Send(in OutboundEnvelope envelope)
    {
        if (!_takesMessages && !Want())
        {
            _remoting.DeadLetter(in envelope);
            return;
        }
        var lane = envelope.Recipient!.IsBulk ? _bulk : _control;
        if (!lane.TryAdd(in envelope))
        {
            _remoting.Rejections.Count(Rejection.OutboundLaneFull, $"{Remote} takes messages more slowly than they are sent: dropping the newest");
            _remoting.DeadLetter(in envelope);
            return;
        }
        if (!_takesMessages)
            Change(_ => _dropsQueued |= !_state.TakesMessages); // the link was lost between the question and the queue
        else if (_locksHeld > 0)
            _writable?.Wake();
        else
            _writable?.WakeForMessage();
    }

    public bool HasWorkFor(Link link) => ReferenceEquals(_writable, link) && (_hasSystemWork || !_control.IsEmpty || !_bulk.IsEmpty || _isDraining);

    /// <summary>Writes what is due into the buffer behind what it holds, and returns how much it holds then.</summary>
    public int Gather(Link link, ref byte[] buffer, int used)
    {
        if (!HasWorkFor(link))
            return used;
        var start = used;
        used = GatherMessages(link, ref buffer, used);
        if (_isDraining && used == start && !_hasSystemWork)
            Drained();
        return used;
    }

    private int GatherMessages(Link link, ref byte[] buffer, int used)
    {
        lock (_drain)
        {
            _locksHeld++;
            try
            {
                return ReferenceEquals(_writable, link) ? GatherInOrder(ref buffer, used) : used;
            }
            finally
            {
                _locksHeld--;
            }
        }
    }

    private int GatherInOrder(ref byte[] buffer, int used)
    {
        if (_hasSystemWork)
            used = GatherSystemMessages(ref buffer, used);
        if (_hasSystemWork)
            return used; // the buffer is full of what must come first
        if (++_gatherings % ControlWritesPerBulk == 0)
            used = GatherLane(_bulk, ref buffer, used, used + 1);
        used = GatherLane(_control, ref buffer, used, int.MaxValue);
        return _control.IsEmpty ? GatherLane(_bulk, ref buffer, used, used + BulkBytesPerWrite) : used;
    }

    private int GatherLane(OutboundLane lane, ref byte[] buffer, int used, int usedMax)
    {
        long released = 0;
        while (used < usedMax && lane.TryTake_NeedsDrainLock(out var envelope))
        {
            if (envelope.Recipient == null)
            {
                released += envelope.CostBytes;
                used = GatherNextSystemMessage(ref buffer, used, out var fitted);
                if (fitted)
                    continue;
                break;
            }
            var written = Write(in envelope, Pdu.Unnumbered, ref buffer, used);
            if (written < 0)
            {
                lane.PutBack_NeedsDrainLock(in envelope);
                break;
            }
            released += envelope.CostBytes;
            used += written;
        }
        lane.Release(released);
        return used;
    }

    /// <summary>Writes one frame; returns its size, 0 if the message cannot be sent at all, −1 if it must wait for the next buffer.</summary>
    private int Write(in OutboundEnvelope envelope, long seq, ref byte[] buffer, int used)
    {
        var acknowledgement = TakeAcknowledgement();
        var written = Write(in envelope, seq, acknowledgement, ref buffer, used);
        if (written <= 0 && acknowledgement != null)
            GiveBackAcknowledgement();
        return written;
    }

    private int Write(in OutboundEnvelope envelope, long seq, Acknowledgement? acknowledgement, ref byte[] buffer, int used)
    {
        var frame = new EnvelopeFrame(envelope.Recipient!.PathBytes, _senderPaths.Of(envelope.Sender, _remoting.LocalAddress), envelope.Payload, seq, acknowledgement);
        if (frame.BodySize > _remoting.Settings.SentFrameBytesMax)
        {
            _remoting.Rejections.Count(Rejection.OutboundFrameTooLong, $"A {envelope.Message.GetType()} for {envelope.Recipient} needs a frame of {frame.BodySize} bytes; the limit is {_remoting.Settings.SentFrameBytesMax}. It is dropped");
            _remoting.DeadLetter(in envelope);
            return 0;
        }
        if (frame.TotalSize > buffer.Length - used)
        {
            if (used > 0)
                return -1;
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = ArrayPool<byte>.Shared.Rent(frame.TotalSize);
        }
        try
        {
            frame.WriteTo(buffer.AsSpan(used));
            return frame.TotalSize;
        }
        catch (Exception e)
        {
            // A message's own code ran, on a message that its sender may have changed since. It must not end the link.
            _remoting.Rejections.Count(Rejection.OutboundMessageFailed, $"A {envelope.Message.GetType()} for {envelope.Recipient} could not be serialized: {e.Message}");
            _remoting.DeadLetter(in envelope);
            return 0;
        }
    }

    /// <summary>Hands what waits to dead letters, unless it can be sent again by now.</summary>
    private void DropQueued()
    {
        var dropped = new List<OutboundEnvelope>();
        lock (_drain)
        {
            Drop(_control, dropped);
            Drop(_bulk, dropped);
        }
        foreach (var envelope in dropped)
            _remoting.DeadLetter(in envelope);
    }

    private static void Drop(OutboundLane lane, List<OutboundEnvelope> dropped)
    {
        while (lane.TryTake_NeedsDrainLock(out var envelope))
        {
            lane.Release(envelope.CostBytes);
            if (envelope.Recipient != null)
                dropped.Add(envelope);
        }
    }
}
