using Actors.Remote;

namespace Actors.Simulation.Network;

/// <summary>
/// Bytes on their way to one end of a connection: in order, in any pieces, late. Holds at most <see cref="WindowBytes"/>
/// before the writer has to wait.
/// </summary>
internal sealed class SimulatedPipe(SimulatedNetwork network, LinkConditions link, SimulatedConnection end)
{
    public const int WindowBytes = 256 * 1024;

    private readonly Queue<Segment> _segments = new();
    private readonly FrameCutter _cutter = new();
    private IConnectionHandler? _handler;
    private TimeSpan _lastDue;
    private TimeSpan _receivesAgain;
    private int _waitingBytes;
    private int _taken;
    private bool _isScheduled;
    private bool _isDiscarded;
    private bool _writerWaits;

    public bool HasBytes => _waitingBytes > 0;

    public void Open(IConnectionHandler handler)
    {
        _handler = handler;
        Wake();
    }

    /// <summary>Takes bytes; false if the writer has to wait until <see cref="SimulatedConnection.Written"/>.</summary>
    public bool Add(ReadOnlySpan<byte> bytes)
    {
        if (_isDiscarded)
            return true;
        if (link.IsBlocked)
            network.Counts.WritesHeldByBlock++;
        _cutter.Add(bytes);
        while (_cutter.TryTake(out var frame))
        {
            if (link.LoseOneIn > 0 && FrameCutter.CarriesMessage(frame) && network.Random.Next(link.LoseOneIn) == 0)
                network.Counts.MessagesLost++;
            else if (network.FrameFilter is not { } filter)
                Enqueue(new Segment(frame, false, null, DueOf(frame.Length)));
            else if (filter(end.Peer, end.Machine, frame) is { } passed)
                Enqueue(new Segment(passed, false, null, DueOf(passed.Length)));
        }
        _writerWaits = _waitingBytes > WindowBytes;
        network.Counts.WritersMadeToWait += _writerWaits ? 1 : 0;
        return !_writerWaits;
    }

    /// <summary>Says that nothing more comes: in order, or with a cause.</summary>
    public void AddEnd(string? cause)
    {
        if (!_isDiscarded)
            Enqueue(new Segment([], true, cause, DueOf(0)));
    }

    /// <summary>The reader is gone.</summary>
    public void Discard()
    {
        _isDiscarded = true;
        _segments.Clear();
        _waitingBytes = 0;
    }

    /// <summary>The writer is gone, and with it what has not arrived.</summary>
    public void LoseAll()
    {
        _segments.Clear();
        _waitingBytes = 0;
        _taken = 0;
    }

    public void ReleaseWriter()
    {
        if (!_writerWaits)
            return;
        _writerWaits = false;
        network.Schedule(TimeSpan.Zero, end.Other.Written);
    }

    /// <summary>Sees to it that what is due arrives.</summary>
    public void Wake()
    {
        if (_isScheduled || _handler is null || link.IsBlocked || !_segments.TryPeek(out var next))
            return;
        _isScheduled = true;
        var delay = (next.Due > _receivesAgain ? next.Due : _receivesAgain) - network.Now;
        network.Schedule(delay > TimeSpan.Zero ? delay : TimeSpan.Zero, () => network.RunIn(end.Environment, Arrive));
    }

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
        _waitingBytes += segment.Bytes.Length;
        Wake();
    }

    private void Arrive()
    {
        _isScheduled = false;
        if (_isDiscarded || link.IsBlocked || !_segments.TryPeek(out var next))
            return;
        if (next.IsEnd)
        {
            _segments.Dequeue();
            end.End(next.Cause);
            return;
        }
        var buffer = _handler!.GetReceiveBuffer().Span;
        var count = Math.Min(buffer.Length, next.Bytes.Length - _taken);
        // Sometimes a frame comes in pieces.
        if (network.Random.Next(16) == 0)
            count = 1 + network.Random.Next(count);
        if (link.ReceiverPause > TimeSpan.Zero)
        {
            count = Math.Min(count, link.ReceiverBytesMax);
            _receivesAgain = network.Now + link.ReceiverPause;
            network.Counts.SlowReads += _waitingBytes > count ? 1 : 0;
        }
        next.Bytes.AsSpan(_taken, count).CopyTo(buffer);
        _taken += count;
        _waitingBytes -= count;
        network.Counts.BytesDelivered += count;
        if (_taken == next.Bytes.Length)
        {
            _segments.Dequeue();
            _taken = 0;
        }
        if (_waitingBytes <= WindowBytes)
            ReleaseWriter();
        _handler.OnReceived(count);
        Wake();
    }

    private readonly record struct Segment(byte[] Bytes, bool IsEnd, string? Cause, TimeSpan Due);
}
