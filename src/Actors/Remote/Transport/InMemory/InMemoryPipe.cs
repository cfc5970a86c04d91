namespace Actors.Remote;

/// <summary>
/// Bytes on their way to one end of a connection. Holds at most <see cref="CapacityBytes"/>: a writer that is faster
/// than the network and the reader waits.
/// </summary>
internal sealed class InMemoryPipe(INetworkClock clock, InMemoryRoute route, InMemoryConnection end)
{
    private const int CapacityBytes = 256 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<(byte[] Bytes, TimeSpan Due)> _segments = new();
    private IConnectionHandler? _handler;
    private Action? _whenRoom;
    private Action? _closing;
    private TimeSpan _lastDue;
    private int _offset;
    private int _waitingBytes;
    private bool _isReading;
    private bool _isScheduled;
    private bool _isDiscarded;

    public void Open(IConnectionHandler handler)
    {
        lock (_lock)
            _handler = handler;
        Wake();
    }

    /// <summary>Takes bytes; false if the writer has to wait until it is called back.</summary>
    public bool TryAdd(byte[] bytes, Action whenRoom)
    {
        lock (_lock)
        {
            if (_isDiscarded)
                return true;
            Enqueue(bytes);
            if (_waitingBytes <= CapacityBytes)
                return true;
            _whenRoom = whenRoom;
            return false;
        }
    }

    /// <summary>Says that nothing more comes.</summary>
    public void AddEnd()
    {
        lock (_lock)
        {
            if (!_isDiscarded)
                Enqueue([]);
        }
    }

    /// <summary>Loses what has not arrived.</summary>
    public void Discard()
    {
        lock (_lock)
        {
            _isDiscarded = true;
            _segments.Clear();
        }
        ReleaseWriter();
    }

    /// <summary>Lets a waiting writer go on, if only to find the connection broken.</summary>
    public void ReleaseWriter()
    {
        Action? whenRoom;
        lock (_lock)
        {
            whenRoom = _whenRoom;
            _whenRoom = null;
        }
        if (whenRoom != null)
            clock.Schedule(TimeSpan.Zero, whenRoom);
    }

    /// <summary>Runs the last callback, after one that may be running.</summary>
    public void Closing(Action callback)
    {
        lock (_lock)
        {
            if (_isReading)
            {
                _closing = callback;
                return;
            }
        }
        callback();
    }

    /// <summary>Sees to it that what is due arrives.</summary>
    public void Wake()
    {
        lock (_lock)
            Schedule_NeedsLock();
    }

    private void Enqueue(byte[] bytes)
    {
        var due = clock.Now + route.Delay;
        _lastDue = due > _lastDue ? due : _lastDue; // a shorter delay does not let bytes overtake
        _segments.Enqueue((bytes, _lastDue));
        _waitingBytes += bytes.Length;
        Schedule_NeedsLock();
    }

    private void Schedule_NeedsLock()
    {
        if (_isScheduled || _isReading || _handler == null || route.IsStalled || !_segments.TryPeek(out var next))
            return;
        _isScheduled = true;
        var delay = next.Due - clock.Now;
        clock.Schedule(delay > TimeSpan.Zero ? delay : TimeSpan.Zero, () => end.Owner.Run(Arrive));
    }

    private void Arrive()
    {
        lock (_lock)
        {
            _isScheduled = false;
            if (_isReading)
                return;
            _isReading = true;
        }
        while (TakeDue(out var bytes, out var isEnd))
        {
            if (isEnd)
                end.End(null);
            else
                _handler!.OnReceived(bytes);
        }
        Action? closing;
        lock (_lock)
        {
            _isReading = false;
            closing = _closing;
            _closing = null;
            Schedule_NeedsLock();
        }
        closing?.Invoke();
    }

    /// <summary>Copies what is due, at most one segment, into the reader's buffer.</summary>
    private bool TakeDue(out int count, out bool isEnd)
    {
        count = 0;
        isEnd = false;
        lock (_lock)
        {
            if (_isDiscarded || route.IsStalled || !_segments.TryPeek(out var next) || next.Due > clock.Now)
                return false;
            isEnd = next.Bytes.Length == 0;
            if (!isEnd)
                count = Copy(next.Bytes);
            if (_offset == next.Bytes.Length)
            {
                _segments.Dequeue();
                _offset = 0;
            }
        }
        if (_waitingBytes <= CapacityBytes)
            ReleaseWriter();
        return true;
    }

    private int Copy(byte[] bytes)
    {
        var buffer = _handler!.GetReceiveBuffer().Span;
        var count = Math.Min(buffer.Length, bytes.Length - _offset);
        bytes.AsSpan(_offset, count).CopyTo(buffer);
        _offset += count;
        _waitingBytes -= count;
        return count;
    }
}
