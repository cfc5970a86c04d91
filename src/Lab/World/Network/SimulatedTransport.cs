using Akka.Remote.Transport;

namespace Actors.Lab.World.Network;

/// <summary>One actor system's access to a <see cref="SimulatedNetwork"/>, in place of Akka.NET's sockets.</summary>
internal sealed class SimulatedTransport : Transport
{
    private static readonly TimeSpan SynRepeat = TimeSpan.FromSeconds(1);

    private readonly SimulatedNetwork _network;
    private readonly TimeSpan _patience;
    private readonly TaskCompletionSource<IAssociationEventListener> _listener = new();

    /// <summary>Akka.NET makes it by its name, in the process that it belongs to.</summary>
    public SimulatedTransport(ActorSystem system, Config config)
    {
        System = system;
        Config = config;
        SchemeIdentifier = "tcp";
        MaximumPayloadBytes = config.GetByteSize("maximum-frame-size") ?? 0;
        Environment = ProcessEnvironment.Required;
        _network = Environment.World.Network;
        _patience = config.GetTimeSpan("connection-timeout");
    }

    public ProcessEnvironment Environment { get; }

    public string Machine => Environment.Machine.Name;

    /// <summary>Where it listens.</summary>
    public Address Address { get; private set; } = Address.AllSystems;

    public override Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen()
    {
        var host = Config.GetString("public-hostname") is { Length: > 0 } named ? named : Config.GetString("hostname");
        Address = new Address(SchemeIdentifier, System.Name, host, _network.Listen(this, Config.GetInt("port")));
        return Task.FromResult((Address, _listener));
    }

    public override bool IsResponsibleFor(Address remote) => true;

    public override Task<AssociationHandle> Associate(Address remoteAddress)
    {
        var attempt = new TaskCompletionSource<AssociationHandle>();
        _network.Schedule(TimeSpan.Zero, () => Try(remoteAddress.Port ?? 0, attempt));
        _network.Schedule(_patience, () => Fail(attempt, $"connection timed out: {remoteAddress}"));
        return attempt.Task;
    }

    public override Task<bool> Shutdown()
    {
        _network.StopListening(this);
        _network.Close(this);
        return Task.FromResult(true);
    }

    private void Fail(TaskCompletionSource<AssociationHandle> attempt, string cause)
    {
        if (!attempt.Task.IsCompleted)
            Environment.Run(() => attempt.TrySetException(new InvalidAssociationException(cause)));
    }

    private void Try(int port, TaskCompletionSource<AssociationHandle> attempt)
    {
        if (attempt.Task.IsCompleted || Environment.IsAbandoned)
            return;
        // Where no process ever listened the answer comes from this machine itself.
        var target = _network.FindMachine(port) ?? Machine;
        var there = _network.Link(Machine, target);
        if (there.IsBlocked || _network.Link(target, Machine).IsBlocked || !_network.HasPower(target))
        {
            _network.Schedule(SynRepeat, () => Try(port, attempt));
            return;
        }
        _network.Schedule(_network.DrawLatency(there), () =>
        {
            if (attempt.Task.IsCompleted || Environment.IsAbandoned)
                return;
            if (_network.FindListener(port) is { } peer)
                Join(peer, attempt);
            else
                Fail(attempt, $"connection refused: port {port}");
        });
    }

    private void Join(SimulatedTransport peer, TaskCompletionSource<AssociationHandle> attempt)
    {
        var (here, there) = SimulatedConnection.Pair(_network, this, peer);
        _network.Counts.Connections++;
        peer.Environment.Run(() => peer.Accept(there));
        _network.Schedule(_network.DrawLatency(_network.Link(peer.Machine, Machine)), () => Environment.Run(() =>
        {
            here.ReadWhenWanted();
            if (!attempt.TrySetResult(here))
                here.End(DisassociateInfo.Unknown);
        }));
    }

    private void Accept(SimulatedConnection connection)
    {
        connection.ReadWhenWanted();
        _listener.Task.ContinueWith(
            listener => listener.Result.Notify(new InboundAssociation(connection)),
            CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, Environment.TaskScheduler);
    }
}
