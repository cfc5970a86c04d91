namespace Actors.Remote;

/// <summary>
/// Connections that others made and have not introduced themselves on. Bounded: one more ends the oldest, so those who
/// connect and stay silent cannot keep out those who speak at once; and each has a deadline.
/// </summary>
internal sealed class PendingHandshakes(Remoting remoting)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(Link Link, TimeSpan Deadline)> _byAge = new();
    private readonly Dictionary<Link, LinkedListNode<(Link Link, TimeSpan Deadline)>> _nodes = [];
    private bool _isArmed;

    public int Count
    {
        get
        {
            lock (_lock)
                return _nodes.Count;
        }
    }

    public void Add(Link link)
    {
        Link? oldest = null;
        lock (_lock)
        {
            if (_nodes.Count >= remoting.Settings.HandshakesMax)
                oldest = TakeOldest_NeedsLock();
            var deadline = remoting.Host.Now + remoting.Settings.Timings.HandshakeTimeout;
            _nodes.Add(link, _byAge.AddLast((link, deadline)));
            Arm_NeedsLock();
        }
        if (oldest == null)
            return;
        remoting.Rejections.Count(Rejection.TooManyHandshakes, $"Too many connections without a handshake: closing the oldest, from {oldest.Peer}");
        oldest.Abort();
    }

    public void Remove(Link link)
    {
        lock (_lock)
        {
            if (_nodes.Remove(link, out var node))
                _byAge.Remove(node);
        }
    }

    public void AbortAll()
    {
        Link[] links;
        lock (_lock)
            links = [.. _nodes.Keys];
        foreach (var link in links)
            link.Abort();
    }

    private Link TakeOldest_NeedsLock()
    {
        var oldest = _byAge.First!.Value.Link;
        _byAge.RemoveFirst();
        _nodes.Remove(oldest);
        return oldest;
    }

    private void Arm_NeedsLock()
    {
        if (_isArmed || _byAge.First == null)
            return;
        _isArmed = true;
        var delay = _byAge.First.Value.Deadline - remoting.Host.Now;
        remoting.Host.Schedule(delay > TimeSpan.Zero ? delay : TimeSpan.Zero, Sweep);
    }

    private void Sweep()
    {
        List<Link> late = [];
        lock (_lock)
        {
            _isArmed = false;
            var now = remoting.Host.Now;
            while (_byAge.First is { } first && first.Value.Deadline <= now)
                late.Add(TakeOldest_NeedsLock());
            Arm_NeedsLock();
        }
        foreach (var link in late)
        {
            remoting.Rejections.Count(Rejection.HandshakeTimedOut, $"{link.Peer} connected and said nothing");
            link.Abort();
        }
    }
}
