using Google.Protobuf;

namespace Actors.Lab.World.Network;

/// <summary>
/// A network on virtual time between machines, all of which have the same address and are told apart by ports, as
/// processes on one computer are. Belongs to one thread; its chances come from a seed.
/// </summary>
internal sealed class SimulatedNetwork
{
    /// <summary>How long a connection to a machine without power lives on while something is sent into it.</summary>
    public static readonly TimeSpan DeadPeerTimeout = TimeSpan.FromMinutes(2);

    private readonly DeterministicRuntime _runtime;
    private readonly Dictionary<(string From, string To), LinkConditions> _links = [];
    private readonly SortedDictionary<int, SimulatedTransport> _listening = [];
    // Every port that was ever listened on: a machine without power does not even refuse.
    private readonly Dictionary<int, string> _machineOfPort = [];
    private readonly HashSet<string> _machinesWithoutPower = [];
    private readonly List<SimulatedConnection> _connections = [];
    private int _lastPort = 49_151;

    public SimulatedNetwork(DeterministicRuntime runtime, SeededRandomSource random)
    {
        _runtime = runtime;
        Random = random;
    }

    public NetworkCounts Counts { get; } = new();

    /// <summary>Applied to each link when it is used first.</summary>
    public Action<string, string, LinkConditions>? InitialConditions { get; set; }

    /// <summary>Sees each frame as it is sent, from one machine to another, and says what goes on its way instead; null: nothing does.</summary>
    public Func<string, string, ByteString, ByteString?>? FrameFilter { get; set; }

    internal SeededRandomSource Random { get; }
    internal TimeSpan Now => _runtime.Time.Elapsed;

    /// <summary>The conditions from one machine to another.</summary>
    public LinkConditions Link(string from, string to)
    {
        if (!_links.TryGetValue((from, to), out var link))
        {
            _links.Add((from, to), link = new LinkConditions());
            InitialConditions?.Invoke(from, to, link);
        }
        return link;
    }

    /// <summary>Stops one direction.</summary>
    public void Block(string from, string to) => Link(from, to).IsBlocked = true;

    public void Unblock(string from, string to)
    {
        Link(from, to).IsBlocked = false;
        foreach (var connection in _connections.Where(connection => connection.Machine == to && connection.Other.Machine == from).ToList())
            connection.Incoming.Wake();
    }

    /// <summary>Stops both directions.</summary>
    public void Partition(string a, string b)
    {
        Block(a, b);
        Block(b, a);
    }

    /// <summary>Ends all blocks.</summary>
    public void Heal()
    {
        foreach (var (from, to) in _links.Where(link => link.Value.IsBlocked).Select(link => link.Key).ToList())
            Unblock(from, to);
    }

    /// <summary>Breaks all connections between two machines; bytes on their way are lost.</summary>
    public void Reset(string a, string b)
    {
        foreach (var connection in _connections.Where(connection => connection.Machine == a && connection.Other.Machine == b).ToList())
            connection.Break();
    }

    /// <summary>A process is gone: its machine says so on every connection with it, now and later.</summary>
    internal void Kill(ProcessEnvironment environment)
    {
        foreach (var connection in End(environment))
            connection.Die();
    }

    /// <summary>A machine and the processes on it are gone without a message, until <see cref="PowerOn"/>.</summary>
    internal void LosePower(string machine, IEnumerable<ProcessEnvironment> processes)
    {
        _machinesWithoutPower.Add(machine);
        foreach (var connection in processes.SelectMany(End))
            connection.Vanish();
    }

    internal void PowerOn(string machine) => _machinesWithoutPower.Remove(machine);

    internal bool HasPower(string machine) => !_machinesWithoutPower.Contains(machine);

    internal int Listen(SimulatedTransport transport, int port)
    {
        if (port == 0)
            port = NextPort();
        if (!_listening.TryAdd(port, transport))
            throw new RemoteTransportException($"Cannot listen on port {port}: it is taken");
        _machineOfPort[port] = transport.Machine;
        return port;
    }

    /// <summary>A port that no process has.</summary>
    internal int NextPort() => ++_lastPort;

    internal void StopListening(SimulatedTransport transport)
    {
        foreach (var port in _listening.Where(entry => entry.Value == transport).Select(entry => entry.Key).ToList())
            _listening.Remove(port);
    }

    /// <summary>Whose port it is; null: no process ever listened there.</summary>
    internal string? FindMachine(int port) => _machineOfPort.GetValueOrDefault(port);

    internal SimulatedTransport? FindListener(int port) => _listening.GetValueOrDefault(port);

    /// <summary>An actor system ends its connections, in the order in which they were made.</summary>
    internal void Close(SimulatedTransport transport)
    {
        foreach (var connection in _connections.Where(connection => connection.Owner == transport).ToList())
            connection.End(global::Akka.Remote.Transport.DisassociateInfo.Unknown);
    }

    internal void Add(SimulatedConnection connection) => _connections.Add(connection);

    internal void Remove(SimulatedConnection connection) => _connections.Remove(connection);

    /// <summary>Later, even if the delay is zero; no node is running then.</summary>
    internal void Schedule(TimeSpan delay, Action action) => _runtime.Time.Set(delay, action);

    internal TimeSpan DrawLatency(LinkConditions link)
    {
        var max = link.TailOneIn > 0 && Random.Next(link.TailOneIn) == 0 ? link.TailLatency : link.LatencyMax;
        var spread = Math.Max(0, (max - link.LatencyMin).Ticks);
        return link.LatencyMin + TimeSpan.FromTicks((long)(Random.NextUInt64() % (ulong)(spread + 1)));
    }

    private List<SimulatedConnection> End(ProcessEnvironment environment)
    {
        foreach (var port in _listening.Where(entry => entry.Value.Environment == environment).Select(entry => entry.Key).ToList())
            _listening.Remove(port);
        return [.. _connections.Where(connection => connection.Environment == environment)];
    }
}

/// <summary>What really happened in a network.</summary>
internal sealed class NetworkCounts
{
    public long Connections { get; internal set; }
    public long BytesDelivered { get; internal set; }
    public long MessagesLost { get; internal set; }
    public long ConnectionsReset { get; internal set; }
    /// <summary>Resets that lost bytes on their way.</summary>
    public long ResetsWithLoss { get; internal set; }
    public long WritesHeldByBlock { get; internal set; }
    /// <summary>Reads after which a slow receiver left bytes unread.</summary>
    public long SlowReads { get; internal set; }
}
