using Actors.Remote;
using Actors.Runtime;

namespace Actors.Simulation.Network;

/// <summary>One process's access to a <see cref="SimulatedNetwork"/>.</summary>
internal sealed class SimulatedTransport(SimulatedNetwork network, string machine, RuntimeEnvironment environment) : ITransport
{
    private static readonly TimeSpan SynRepeat = TimeSpan.FromSeconds(1);

    private ITransportListener? _listener;

    public string Machine => machine;
    public RuntimeEnvironment Environment => environment;

    public ListenAddress Listen(string hostname, int port, ITransportListener listener)
    {
        _listener = listener;
        return new ListenAddress(hostname.Length == 0 ? "127.0.0.1" : hostname, network.Listen(this, port));
    }

    public IDisposable Connect(string hostname, int port, Action<IConnection> connected, Action<string> failed)
    {
        var attempt = new Attempt();
        network.Schedule(TimeSpan.Zero, () => Try(port, attempt, connected, failed));
        return attempt;
    }

    public void Dispose() => network.StopListening(this);

    private void Try(int port, Attempt attempt, Action<IConnection> connected, Action<string> failed)
    {
        if (attempt.IsAbandoned || environment.IsAbandoned)
            return;
        // Where nobody ever listened the answer comes from this machine itself.
        var target = network.FindMachine(port) ?? machine;
        var there = network.Link(machine, target);
        if (there.IsBlocked || network.Link(target, machine).IsBlocked || !network.HasPower(target))
        {
            network.Schedule(SynRepeat, () => Try(port, attempt, connected, failed));
            return;
        }
        network.Schedule(network.DrawLatency(there), () =>
        {
            if (attempt.IsAbandoned || environment.IsAbandoned)
                return;
            if (network.FindListener(port) is { _listener: { } listener } peer)
                Join(peer, listener, attempt, connected);
            else
                network.RunIn(environment, () => failed("connection refused"));
        });
    }

    private void Join(SimulatedTransport peer, ITransportListener listener, Attempt attempt, Action<IConnection> connected)
    {
        var (here, there) = SimulatedConnection.Pair(network, this, peer);
        network.Counts.Connections++;
        network.RunIn(peer.Environment, () => listener.OnAccepted(there));
        network.Schedule(network.DrawLatency(network.Link(peer.Machine, machine)), () =>
        {
            if (attempt.IsAbandoned)
                here.Abort();
            else
                network.RunIn(environment, () => connected(here));
        });
    }

    private sealed class Attempt : IDisposable
    {
        public bool IsAbandoned { get; private set; }

        public void Dispose() => IsAbandoned = true;
    }
}
