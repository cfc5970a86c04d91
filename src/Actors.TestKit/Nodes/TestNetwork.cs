using Actors.Configuration;
using Actors.Remote;
using Actors.Runtime;

namespace Actors.Testing;

/// <summary>
/// Several nodes in one process that talk by remoting: over sockets of this machine, or through memory, where the links
/// between them can be made slow, silent or broken. Disposing it ends them all.
/// </summary>
public sealed class TestNetwork : IDisposable
{
    private const string NodeDefaults = """
        akka.actor.provider = remote
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        """;

    private readonly List<TestNode> _nodes = [];
    private readonly InMemoryNetwork? _memory;
    private readonly ThreadPoolScheduler? _clock;

    private TestNetwork(ThreadPoolScheduler? clock)
    {
        _clock = clock;
        _memory = clock is null ? null : new InMemoryNetwork(new SchedulerNetworkClock(clock));
    }

    /// <summary>The nodes that were started and not ended.</summary>
    public IReadOnlyList<TestNode> Nodes => _nodes;

    /// <summary>A network of sockets on 127.0.0.1. Its links cannot be tampered with.</summary>
    public static TestNetwork OverSockets() => new(null);

    /// <summary>A network in memory, in real time.</summary>
    public static TestNetwork InMemory() => new(new ThreadPoolScheduler());

    /// <summary>Starts a node that listens on a free port, if the configuration does not say otherwise.</summary>
    public TestNode Start(string systemName, Config? config = null)
    {
        InMemoryTransport? transport = _memory?.CreateTransport();
        Config defaults = ConfigurationFactory.ParseString(NodeDefaults).WithFallback(TestKitBase.DefaultConfig);
        Config whole = (config ?? Config.Empty).WithFallback(defaults);
        ActorSystem system = TestSystem.Start(systemName, whole, transport is null ? null : _ => transport, out RuntimeEnvironment environment);
        var node = new TestNode(system, whole, environment, transport);
        _nodes.Add(node);
        return node;
    }

    /// <summary>Ends a node, unless it has crashed, and starts another one with its name, configuration and address.</summary>
    public TestNode Restart(TestNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        End(node);
        Config sameAddress = ConfigurationFactory.ParseString($"akka.remote.dot-netty.tcp.port = {node.Address.Port}");
        return Start(node.Address.System, sameAddress.WithFallback(node.Config));
    }

    /// <summary>Ends a node in order.</summary>
    public void End(TestNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (_nodes.Remove(node) && !node.HasCrashed)
            node.Shutdown(verifySystemShutdown: true);
    }

    /// <summary>
    /// A node crashes: nothing of it runs any more, no actor is told. In memory its peers find their connections reset,
    /// as when a process dies; over sockets they find silence, as when a machine does.
    /// </summary>
    public void Crash(TestNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        node.Abandon();
        if (node.Transport is { } transport)
            _memory!.Crash(transport);
    }

    /// <summary>From now on, what one node sends takes so long to reach the other.</summary>
    public void Delay(TestNode from, TestNode to, TimeSpan delay) => Memory.Delay(Name(from), Name(to), delay);

    /// <summary>What one node sends waits, until <see cref="Resume"/>.</summary>
    public void Stall(TestNode from, TestNode to) => Memory.Stall(Name(from), Name(to));

    /// <summary>What has waited arrives.</summary>
    public void Resume(TestNode from, TestNode to) => Memory.Resume(Name(from), Name(to));

    /// <summary>Stalls both directions between two nodes.</summary>
    public void Partition(TestNode one, TestNode other) => Memory.Partition(Name(one), Name(other));

    /// <summary>Ends a partition: what has waited arrives.</summary>
    public void Heal(TestNode one, TestNode other) => Memory.Heal(Name(one), Name(other));

    /// <summary>Resets the connections between two nodes; what is under way is lost.</summary>
    public void Reset(TestNode one, TestNode other) => Memory.Reset(Name(one), Name(other));

    /// <summary>Ends all nodes.</summary>
    public void Dispose()
    {
        foreach (TestNode node in _nodes.Where(node => !node.HasCrashed))
            node.Sys.Terminate();
        foreach (TestNode node in _nodes.Where(node => !node.HasCrashed))
            node.Shutdown();
        _nodes.Clear();
        _clock?.Dispose();
    }

    private InMemoryNetwork Memory => _memory ?? throw new NotSupportedException("Only the links of a network in memory can be tampered with");

    private static string Name(TestNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.Address.HostPort()[(node.Address.System.Length + 1)..];
    }
}
