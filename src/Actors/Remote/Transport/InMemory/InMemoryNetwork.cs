namespace Actors.Remote;

/// <summary>
/// A network inside one process that can delay, stall, reset and partition. Nodes are known by where they listen
/// (<c>host:port</c>). Bytes of one connection stay in order; nothing is lost but by a reset.
/// </summary>
internal sealed class InMemoryNetwork(INetworkClock clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, InMemoryTransport> _listening = [];
    private readonly Dictionary<(string From, string To), InMemoryRoute> _routes = [];
    private readonly HashSet<InMemoryConnection> _connections = [];
    private int _lastPort = 49151;

    public INetworkClock Clock => clock;

    /// <summary>Makes the transport of one node.</summary>
    /// <param name="run">Runs callbacks in the node's own context; null runs them as they come.</param>
    public InMemoryTransport CreateTransport(Action<Action>? run = null) => new(this, run ?? (static action => action()));

    /// <summary>Bytes from one node to another, and attempts to connect, take this long from now on.</summary>
    public void Delay(string from, string to, TimeSpan delay) => Route(from, to).Delay = delay;

    /// <summary>Nothing from one node reaches the other until <see cref="Resume"/>; what is sent meanwhile waits.</summary>
    public void Stall(string from, string to) => Route(from, to).IsStalled = true;

    public void Resume(string from, string to)
    {
        Route(from, to).IsStalled = false;
        foreach (var connection in Between(from, to))
            connection.Incoming.Wake();
    }

    /// <summary>Stalls both directions.</summary>
    public void Partition(string a, string b)
    {
        Stall(a, b);
        Stall(b, a);
    }

    /// <summary>Ends a partition.</summary>
    public void Heal(string a, string b)
    {
        Resume(a, b);
        Resume(b, a);
    }

    /// <summary>Resets all connections between two nodes; what is under way is lost.</summary>
    public void Reset(string a, string b)
    {
        foreach (var connection in Between(a, b).Concat(Between(b, a)).ToArray())
            connection.End("connection reset");
    }

    /// <summary>A node has crashed: it hears nothing more, and its peers find their connections reset.</summary>
    public void Crash(InMemoryTransport transport)
    {
        transport.Dispose();
        InMemoryConnection[] ended;
        lock (_lock)
            ended = [.. _connections.Where(c => c.Owner == transport)];
        foreach (var connection in ended)
        {
            connection.Vanish();
            connection.Other.End("connection reset");
        }
    }

    internal InMemoryRoute Route(string from, string to)
    {
        lock (_lock)
        {
            if (!_routes.TryGetValue((from, to), out var route))
                _routes.Add((from, to), route = new InMemoryRoute());
            return route;
        }
    }

    internal ListenAddress Listen(InMemoryTransport transport, string hostname, int port)
    {
        lock (_lock)
        {
            hostname = hostname == "" ? "127.0.0.1" : hostname;
            port = port == 0 ? ++_lastPort : port;
            if (!_listening.TryAdd($"{hostname}:{port}", transport))
                throw new RemoteTransportException($"Cannot listen on {hostname}:{port}: it is taken");
            return new ListenAddress(hostname, port);
        }
    }

    internal void StopListening(InMemoryTransport transport)
    {
        lock (_lock)
        {
            if (_listening.GetValueOrDefault(transport.Name) == transport)
                _listening.Remove(transport.Name);
        }
    }

    internal InMemoryTransport? Find(string name)
    {
        lock (_lock)
            return _listening.GetValueOrDefault(name);
    }

    internal void Add(InMemoryConnection connection)
    {
        lock (_lock)
            _connections.Add(connection);
    }

    internal void Remove(InMemoryConnection connection)
    {
        lock (_lock)
            _connections.Remove(connection);
    }

    /// <summary>The receiving ends at one node of connections with another.</summary>
    private InMemoryConnection[] Between(string from, string to)
    {
        lock (_lock)
            return [.. _connections.Where(c => c.Owner.Name == to && c.Other.Owner.Name == from)];
    }
}
