namespace Actors.Remote;

/// <summary>One node's access to an <see cref="InMemoryNetwork"/>.</summary>
internal sealed class InMemoryTransport(InMemoryNetwork network, Action<Action> run) : ITransport
{
    private ITransportListener? _listener;

    /// <summary>Where the node listens; by this it is known in the network.</summary>
    public string Name { get; private set; } = "";

    public ListenAddress Listen(string hostname, int port, ITransportListener listener)
    {
        _listener = listener;
        var address = network.Listen(this, hostname, port);
        Name = $"{address.Hostname}:{address.Port}";
        return address;
    }

    public IDisposable Connect(string hostname, int port, Action<IConnection> connected, Action<string> failed)
    {
        var attempt = new Attempt();
        Try($"{hostname}:{port}", attempt, connected, failed);
        return attempt;
    }

    public void Dispose() => network.StopListening(this);

    /// <summary>Runs a callback as this node.</summary>
    internal void Run(Action callback) => run(callback);

    private void Try(string target, Attempt attempt, Action<IConnection> connected, Action<string> failed)
    {
        var there = network.Route(Name, target);
        network.Clock.Schedule(there.Delay, () =>
        {
            if (attempt.IsAbandoned)
                return;
            if (there.IsStalled || network.Route(target, Name).IsStalled)
                network.Clock.Schedule(TimeSpan.FromSeconds(1), () => Try(target, attempt, connected, failed)); // as TCP repeats its SYN
            else if (network.Find(target) is { _listener: { } listener } peer)
                Join(peer, listener, connected);
            else
                Run(() => failed("connection refused"));
        });
    }

    private void Join(InMemoryTransport peer, ITransportListener listener, Action<IConnection> connected)
    {
        var (here, there) = InMemoryConnection.Pair(network, this, peer);
        peer.Run(() => listener.OnAccepted(there));
        Run(() => connected(here));
    }

    private sealed class Attempt : IDisposable
    {
        private volatile bool _isAbandoned;

        public bool IsAbandoned => _isAbandoned;

        public void Dispose() => _isAbandoned = true;
    }
}
