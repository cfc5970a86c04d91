using Actors.NodeShell;

namespace Actors.Bench.Clients;

/// <summary>
/// Many clients in this process, each with an actor system, a remoting and a connection of its own, set up as a client node's.
/// They share the threads of the pool; each has two of its own, for its sockets.
/// </summary>
internal sealed class Fleet
{
    private static readonly TimeSpan EndMax = TimeSpan.FromSeconds(60);

    private readonly List<ActorSystem> _systems = [];
    private readonly List<IActorRef> _clients = [];

    public Fleet(int count, string server, TimeProvider clock)
    {
        Progress = new FleetProgress(count, clock);
        var address = Address.Parse($"akka.tcp://Server@{server}");
        var config = ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF }")
            .WithFallback(NodeConfiguration.Load(typeof(Fleet).Assembly, "client.conf", null).Config);
        for (int i = 0; i < count; i++)
        {
            int number = i;
            var own = ConfigurationFactory.ParseString($"akka.remote.dot-netty.tcp.public-hostname = \"{number:x32}.client\"").WithFallback(config);
            var system = ActorSystem.Create("Client", own);
            _systems.Add(system);
            _clients.Add(system.ActorOf(Props.Create(() => new MinimalClient(number, address, Progress)), "replica"));
        }
    }

    public FleetProgress Progress { get; }

    public void Begin() => _clients.ForEach(client => client.Tell(MinimalClient.Begin.Instance));

    public Task EndAsync() => Task.WhenAll(_systems.Select(system => system.Terminate())).WaitAsync(EndMax);
}
