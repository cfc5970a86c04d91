using Akka.Remote.Transport;
using Google.Protobuf;

namespace Actors.Lab.World.Network;

/// <summary>Frames on their way to one end of a connection: in order, late. The sender never waits: what the network does not take lies in its memory.</summary>
internal sealed class SimulatedPipe(SimulatedNetwork network, LinkConditions link, SimulatedConnection end)
{
    // Field 1 of the protocol's outer message: a payload. Handshakes and heartbeats are field 2.
    private const byte PayloadTag = 0x0a;

    private readonly Queue<Segment> _segments = new();
    private TimeSpan _lastDue;
    private TimeSpan _receivesAgain;
    private int _waitingBytes;
    private int _taken;
    private bool _isOpen;
    private bool _isScheduled;
    private bool _isDiscarded;

    public bool HasBytes => _waitingBytes > 0;

    public void Open()
    {
        _isOpen = true;
        Wake();
    }

    public void Add(ByteString frame)
    {
        if (_isDiscarded)
            return;
        if (link.IsBlocked)
            network.Counts.WritesHeldByBlock++;
        if (link.LoseOneIn > 0 && CarriesMessage(frame) && network.Random.Next(link.LoseOneIn) == 0)
            network.Counts.MessagesLost++;
        else if ((network.FrameFilter is { } filter ? filter(end.Peer, end.Machine, frame) : frame) is { } passed)
            Enqueue(new Segment(passed, null, DueOf(passed.Length)));
    }

    /// <summary>Says that nothing more comes.</summary>
    public void AddEnd(DisassociateInfo how)
    {
        if (!_isDiscarded)
            Enqueue(new Segment(ByteString.Empty, how, DueOf(0)));
    }

    /// <summary>The reader is gone.</summary>
    public void Discard()
    {
        _isDiscarded = true;
        LoseAll();
    }

    /// <summary>The writer is gone, and with it what has not arrived.</summary>
    public void LoseAll()
    {
        _segments.Clear();
        _waitingBytes = 0;
        _taken = 0;
    }

    /// <summary>Schedules the arrival of what is due.</summary>
    public void Wake()
    {
        if (_isScheduled || !_isOpen || link.IsBlocked || !_segments.TryPeek(out var next))
            return;
        _isScheduled = true;
        var delay = (next.Due > _receivesAgain ? next.Due : _receivesAgain) - network.Now;
        network.Schedule(delay > TimeSpan.Zero ? delay : TimeSpan.Zero, () => end.Environment.Run(Arrive));
    }

    private static bool CarriesMessage(ByteString frame) => frame.Length > 0 && frame[0] == PayloadTag;

    private TimeSpan DueOf(int bytes)
    {
        var start = link.FreeAt > network.Now ? link.FreeAt : network.Now;
        link.FreeAt = link.BytesPerSecond > 0 ? start + TimeSpan.FromSeconds((double)bytes / link.BytesPerSecond) : network.Now;
        var due = (link.BytesPerSecond > 0 ? link.FreeAt : network.Now) + network.DrawLatency(link);
        // A shorter latency does not let bytes overtake.
        return _lastDue = due > _lastDue ? due : _lastDue;
    }

    private void Enqueue(Segment segment)
    {
        _segments.Enqueue(segment);
        _waitingBytes += segment.Frame.Length;
        Wake();
    }

    private void Arrive()
    {
        _isScheduled = false;
        if (_isDiscarded || link.IsBlocked || !_segments.TryPeek(out var next))
            return;
        if (next.End is { } how)
        {
            _segments.Dequeue();
            end.End(how);
            return;
        }
        var count = next.Frame.Length - _taken;
        if (link.ReceiverPause > TimeSpan.Zero)
        {
            count = Math.Min(count, link.ReceiverBytesMax);
            _receivesAgain = network.Now + link.ReceiverPause;
            network.Counts.SlowReads += _waitingBytes > count ? 1 : 0;
        }
        _taken += count;
        _waitingBytes -= count;
        network.Counts.BytesDelivered += count;
        if (_taken == next.Frame.Length)
        {
            _segments.Dequeue();
            _taken = 0;
            end.Receive(next.Frame);
        }
        Wake();
    }

    private readonly record struct Segment(ByteString Frame, DisassociateInfo? End, TimeSpan Due);
}
