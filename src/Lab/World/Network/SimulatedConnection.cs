using Akka.Remote.Transport;
using Google.Protobuf;

namespace Actors.Lab.World.Network;

/// <summary>One end of a connection: what Akka.NET's remoting calls an association of its transport.</summary>
internal sealed class SimulatedConnection : AssociationHandle
{
    private readonly SimulatedNetwork _network;
    private IHandleEventListener? _listener;
    private bool _isEnded;
    private bool _peerVanished;

    private SimulatedConnection(SimulatedNetwork network, SimulatedTransport owner, SimulatedTransport other, Address local, Address remote)
        : base(local, remote)
    {
        _network = network;
        Machine = owner.Machine;
        Environment = owner.Environment;
        Owner = owner;
        Peer = other.Machine;
        Incoming = new SimulatedPipe(network, network.Link(other.Machine, owner.Machine), this);
    }

    public string Machine { get; }
    public ProcessEnvironment Environment { get; }
    public SimulatedTransport Owner { get; }
    public string Peer { get; }

    /// <summary>What the peer has sent.</summary>
    public SimulatedPipe Incoming { get; }

    /// <summary>The end at the peer.</summary>
    public SimulatedConnection Other { get; private set; } = null!;

    public static (SimulatedConnection Dialed, SimulatedConnection Accepted) Pair(SimulatedNetwork network, SimulatedTransport dialing, SimulatedTransport accepting)
    {
        // The accepting side sees an address of the dialling side whose port means nothing.
        var origin = new Address(dialing.SchemeIdentifier, accepting.System.Name, "127.0.0.1", network.NextPort());
        var dialed = new SimulatedConnection(network, dialing, accepting, origin, accepting.Address);
        var accepted = new SimulatedConnection(network, accepting, dialing, accepting.Address, origin) { Other = dialed };
        dialed.Other = accepted;
        network.Add(dialed);
        network.Add(accepted);
        return (dialed, accepted);
    }

    /// <summary>From within the process: what comes is read as soon as there is a listener.</summary>
    public void ReadWhenWanted() => ReadHandlerSource.Task.ContinueWith(
        listener =>
        {
            _listener = listener.Result;
            Incoming.Open();
        },
        CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, Environment.TaskScheduler);

    public override bool Write(ByteString payload)
    {
        if (_isEnded)
            return false;
        if (_peerVanished)
            GiveUp();
        else
            Other.Incoming.Add(payload);
        return true;
    }

    [Obsolete("As in the base.")]
    public override void Disassociate() => End(DisassociateInfo.Unknown);

    public void Receive(ByteString payload) => _listener?.Notify(new InboundPayload(payload));

    /// <summary>This end is over; the other one hears of it behind what was sent. The listener learns it, as the last thing.</summary>
    public void End(DisassociateInfo how)
    {
        if (_isEnded)
            return;
        Leave();
        if (!_peerVanished)
            Other.Incoming.AddEnd(DisassociateInfo.Unknown);
        Environment.Schedule(TimeSpan.Zero, () => _listener?.Notify(new Disassociated(how)));
    }

    /// <summary>Something between the two ends broke the connection: both are over at once, and what was under way is lost.</summary>
    public void Break()
    {
        _network.Counts.ConnectionsReset++;
        if (Incoming.HasBytes || Other.Incoming.HasBytes)
            _network.Counts.ResetsWithLoss++;
        Other.End(DisassociateInfo.Shutdown);
        End(DisassociateInfo.Shutdown);
    }

    /// <summary>The process at this end is gone; its machine says so after what the process has sent.</summary>
    public void Die()
    {
        Leave();
        Other.Incoming.AddEnd(DisassociateInfo.Shutdown);
    }

    /// <summary>The machine at this end is gone without a message, and what it had sent is lost too.</summary>
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

    /// <summary>No answer comes. A machine that is up again does not know the connection; one that stays down is given up after a while.</summary>
    private void GiveUp()
    {
        var patience = _network.HasPower(Peer) ? _network.DrawLatency(_network.Link(Machine, Peer)) : SimulatedNetwork.DeadPeerTimeout;
        _network.Schedule(patience, () => Environment.Run(() => End(DisassociateInfo.Shutdown)));
    }
}
