namespace Actors.Remote;

/// <summary>
/// System messages for one incarnation of a peer: those that wait for their first transmission, and those sent and not
/// acknowledged yet. A message gets its number when it is first sent. Pure: it decides, others send.
/// </summary>
/// <param name="capacity">How many may wait; one more means that the peer is lost and must be quarantined.</param>
internal sealed class SystemMessageOutbox<T>(int capacity)
{
    private readonly Queue<T> _unsent = new();
    private readonly Queue<Numbered<T>> _unacknowledged = new();
    private long _cumulative = -1;
    private long _nextSeq;

    public int Count => _unsent.Count + _unacknowledged.Count;

    /// <summary>Those sent and not acknowledged, oldest first.</summary>
    public IReadOnlyCollection<Numbered<T>> Unacknowledged => _unacknowledged;

    /// <summary>Keeps a message until it is acknowledged; false when the outbox is full.</summary>
    public bool TryAdd(T message)
    {
        if (Count >= capacity)
            return false;
        _unsent.Enqueue(message);
        return true;
    }

    /// <summary>Numbers the next message that was never sent; it counts as sent from now on.</summary>
    public bool TryTake(out Numbered<T> numbered)
    {
        numbered = default;
        if (!_unsent.TryDequeue(out var message))
            return false;
        numbered = new Numbered<T>(_nextSeq++, message);
        _unacknowledged.Enqueue(numbered);
        return true;
    }

    /// <summary>
    /// Forgets what the peer has, and lists what it says it misses. False when the acknowledgement cannot be true of
    /// what was sent: the two sides no longer agree, and only quarantine keeps watches from being lost silently.
    /// </summary>
    public bool TryAcknowledge(Acknowledgement acknowledgement, out IReadOnlyList<Numbered<T>> missing)
    {
        missing = [];
        if (acknowledgement.Cumulative >= _nextSeq)
            return false;
        if (acknowledgement.Cumulative < _cumulative)
            return true; // overtaken by a newer one on the other of two connections
        _cumulative = acknowledgement.Cumulative;
        if (acknowledgement.Missing.Count > 0)
            return TryKeepMissing(acknowledgement.Missing.ToHashSet(), out missing);
        while (_unacknowledged.TryPeek(out var oldest) && oldest.Seq <= _cumulative)
            _unacknowledged.Dequeue();
        return true;
    }

    /// <summary>
    /// Starts numbering anew for a new incarnation of the peer. What the old one was sent is meant for actors that
    /// are gone; what nobody was sent yet is kept.
    /// </summary>
    public void StartAnew()
    {
        _unacknowledged.Clear();
        _cumulative = -1;
        _nextSeq = 0;
    }

    /// <summary>Forgets everything: the peer was given up.</summary>
    public void Clear()
    {
        StartAnew();
        _unsent.Clear();
    }

    private bool TryKeepMissing(HashSet<long> wanted, out IReadOnlyList<Numbered<T>> missing)
    {
        missing = [.. _unacknowledged.Where(m => wanted.Contains(m.Seq))];
        if (missing.Count < wanted.Count)
            return false;
        for (var i = _unacknowledged.Count; i > 0; i--)
        {
            var message = _unacknowledged.Dequeue();
            if (message.Seq > _cumulative || wanted.Contains(message.Seq))
                _unacknowledged.Enqueue(message);
        }
        return true;
    }
}
