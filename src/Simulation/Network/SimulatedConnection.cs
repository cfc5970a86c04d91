using Actors.Remote;
using Actors.Runtime;

namespace Actors.Simulation.Network;

/// <summary>One end of a connection.</summary>
internal sealed class SimulatedConnection : IConnection
{
    private readonly SimulatedNetwork _network;
    private IConnectionHandler? _handler;
    private bool _isEnded;
    private bool _peerVanished;

    private SimulatedConnection(SimulatedNetwork network, SimulatedTransport owner, SimulatedTransport other)
    {
        _network = network;
        Machine = owner.Machine;
        Environment = owner.Environment;
        Peer = other.Machine;
        Incoming = new SimulatedPipe(network, network.Link(other.Machine, owner.Machine), this);
    }

    public string Machine { get; }
    public RuntimeEnvironment Environment { get; }
    public string Peer { get; }

    /// <summary>What the peer has sent.</summary>
    public SimulatedPipe Incoming { get; }

    /// <summary>The end at the peer.</summary>
    public SimulatedConnection Other { get; private set; } = null!;

    public static (SimulatedConnection Dialed, SimulatedConnection Accepted) Pair(SimulatedNetwork network, SimulatedTransport dialing, SimulatedTransport accepting)
    {
        var dialed = new SimulatedConnection(network, dialing, accepting);
        var accepted = new SimulatedConnection(network, accepting, dialing) { Other = dialed };
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
        if (_isEnded)
            return WriteResult.Broken;
        if (!_peerVanished)
            return Other.Incoming.Add(bytes.Span) ? WriteResult.Done : WriteResult.Pending;
        GiveUp();
        return WriteResult.Done;
    }

    public void CloseSending()
    {
        if (!_isEnded && !_peerVanished)
            Other.Incoming.AddEnd(null);
    }

    public void Abort()
    {
        if (_isEnded)
            return;
        Other.Incoming.AddEnd("connection reset");
        End("closed by this side");
    }

    /// <summary>The writer at this end may go on.</summary>
    public void Written() => _network.RunIn(Environment, () => _handler?.OnWritten());

    /// <summary>This end is over. The handler learns it, as the last thing.</summary>
    public void End(string? cause)
    {
        if (_isEnded)
            return;
        _isEnded = true;
        _network.Remove(this);
        Incoming.Discard();
        if (cause is null && !_peerVanished)
            Other.Incoming.AddEnd(null);
        // A write that is pending is answered before the end is told.
        Other.Incoming.ReleaseWriter();
        _network.Schedule(TimeSpan.Zero, () => _network.RunIn(Environment, () => _handler?.OnClosed(cause)));
    }

    /// <summary>Something between the two ends broke the connection: both are over at once, and what was under way is lost.</summary>
    public void Break(string cause)
    {
        _network.Counts.ConnectionsReset++;
        if (Incoming.HasBytes || Other.Incoming.HasBytes)
            _network.Counts.ResetsWithLoss++;
        Other.End(cause);
        End(cause);
    }

    /// <summary>The process at this end is gone; its machine says so after what the process has sent.</summary>
    public void Die()
    {
        Leave();
        Other.Incoming.AddEnd("connection reset");
    }

    /// <summary>The machine at this end is gone without a word, and what it has sent with it.</summary>
    public void Vanish()
    {
        var unanswered = Incoming.HasBytes;
        Leave();
        Other._peerVanished = true;
        Other.Incoming.LoseAll();
        if (unanswered)
            Other.GiveUp();
    }

    private void Leave()
    {
        _isEnded = true;
        _network.Remove(this);
        Incoming.Discard();
    }

    /// <summary>Nobody answers. A machine that is up again does not know the connection; one that is not is given up at last.</summary>
    private void GiveUp()
    {
        var patience = _network.HasPower(Peer) ? _network.DrawLatency(_network.Link(Machine, Peer)) : SimulatedNetwork.DeadPeerTimeout;
        _network.Schedule(patience, () => End("connection reset"));
    }
}
