namespace Actors.Tests.Remote;

/// <summary>Actor systems with remoting, on free ports of this machine or in a network in memory.</summary>
internal sealed class RemoteSystems(InMemoryNetwork? network = null, string common = "") : IDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private const string Config = """
        akka.actor.provider = remote
        akka.loglevel = DEBUG
        akka.stdout-loglevel = OFF
        akka.loggers = []
        akka.log-dead-letters = off
        akka.actor.debug.lifecycle = on
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        """;

    private readonly List<ActorSystem> _systems = [];

    public static RemoteSystems InMemory(out InMemoryNetwork network)
    {
        network = new InMemoryNetwork(new SchedulerNetworkClock(new ThreadPoolScheduler()));
        return new RemoteSystems(network);
    }

    public ActorSystem Start(string name, string config = "") => Start(name, config, out _);

    public ActorSystem Start(string name, string config, out InMemoryTransport? transport)
    {
        InMemoryTransport? made = transport = network?.CreateTransport();
        var environment = new RuntimeEnvironment { Transport = made == null ? null : _ => made };
        var all = ConfigurationFactory.ParseString(config).WithFallback(ConfigurationFactory.ParseString(common + "\n" + Config));
        var system = ActorSystem.Create(name, all, environment);
        _systems.Add(system);
        return system;
    }

    public static Address AddressOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress;

    public static string PathOf(ActorSystem system, string path) => AddressOf(system) + path;

    /// <summary>The name of a system's node in a network in memory.</summary>
    public static string NodeOf(ActorSystem system) => $"{AddressOf(system).Host}:{AddressOf(system).Port}";

    public static Remoting RemotingOf(ActorSystem system) => ((RemoteActorRefProvider)((ExtendedActorSystem)system).Provider).Remoting;

    public void Dispose()
    {
        foreach (var system in _systems)
            system.Dispose();
        if (!Task.WaitAll([.. _systems.Select(s => s.WhenTerminated)], Limit))
            throw new TimeoutException("A system did not end");
    }
}
