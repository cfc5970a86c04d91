namespace Actors.Remote;

/// <summary>One end of a connection in an <see cref="InMemoryNetwork"/>.</summary>
internal sealed class InMemoryConnection : IConnection
{
    private readonly InMemoryNetwork _network;
    private IConnectionHandler? _handler;
    private int _isEnded;

    private InMemoryConnection(InMemoryNetwork network, InMemoryTransport owner, InMemoryTransport other)
    {
        _network = network;
        Owner = owner;
        Incoming = new InMemoryPipe(network.Clock, network.Route(other.Name, owner.Name), this);
        Peer = other.Name;
    }

    public InMemoryTransport Owner { get; }

    /// <summary>The end at the peer.</summary>
    public InMemoryConnection Other { get; private set; } = null!;

    /// <summary>What the peer has sent.</summary>
    public InMemoryPipe Incoming { get; }

    public string Peer { get; }

    public static (InMemoryConnection Dialed, InMemoryConnection Accepted) Pair(InMemoryNetwork network, InMemoryTransport dialing, InMemoryTransport accepting)
    {
        var dialed = new InMemoryConnection(network, dialing, accepting);
        var accepted = new InMemoryConnection(network, accepting, dialing) { Other = dialed };
        dialed.Other = accepted;
        network.Add(dialed);
        network.Add(accepted);
        return (dialed, accepted);
    }

    public void Open(IConnectionHandler handler)
    {
        _handler = handler;
        Incoming.Open(handler);
    }

    public WriteResult Write(ReadOnlyMemory<byte> bytes)
    {
        if (Volatile.Read(ref _isEnded) != 0)
            return WriteResult.Broken;
        return Other.Incoming.TryAdd(bytes.ToArray(), whenRoom: () => Owner.Run(() => _handler!.OnWritten()))
            ? WriteResult.Done
            : WriteResult.Pending;
    }

    public void CloseSending() => Other.Incoming.AddEnd();

    public void Abort()
    {
        End("closed by this side");
        Other.End("connection reset");
    }

    /// <summary>Ends this end at once; what was not received is lost.</summary>
    public void End(string? cause)
    {
        if (Interlocked.Exchange(ref _isEnded, 1) != 0)
            return;
        _network.Remove(this);
        Incoming.Discard();
        if (cause == null)
            Other.Incoming.AddEnd();
        Other.Incoming.ReleaseWriter();
        _network.Clock.Schedule(TimeSpan.Zero, () => Incoming.Closing(() => Owner.Run(() => _handler?.OnClosed(cause))));
    }

    /// <summary>Ends this end without a word to its owner, which is no more.</summary>
    public void Vanish()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) != 0)
            return;
        _network.Remove(this);
        Incoming.Discard();
    }
}
