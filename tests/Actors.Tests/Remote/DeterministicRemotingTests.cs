namespace Actors.Tests.Remote;

/// <summary>Remoting in one thread on virtual time: repeatable step by step, an hour in no time.</summary>
public sealed class DeterministicRemotingTests
{
    private const string Config = """
        akka.actor.provider = remote
        akka.loggers = []
        akka.stdout-loglevel = OFF
        akka.log-dead-letters = off
        akka.remote.dot-netty.tcp { hostname = "10.0.0.1", port = 2346 }
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public void The_same_seed_gives_the_same_trace_and_another_seed_another()
    {
        var first = Trace(seed: 1);

        Assert.True(first.Count > 100);
        Assert.Equal(first, Trace(seed: 1));
        Assert.NotEqual(first, Trace(seed: 2));
    }

    [Fact]
    public void A_question_and_a_watch_work_in_one_thread()
    {
        using var world = new World(seed: 3);
        var echo = world.Server.ActorOf(Props.Create<EchoActor>(), "echo");
        var found = world.Await(() => world.Client.ActorSelection(RemoteSystems.PathOf(world.Server, "/user/echo")).ResolveOne(Limit));
        var ended = new TaskCompletionSource<Terminated>();
        world.AsClient(() => world.Client.ActorOf(Props.Create(() => new WatchingActor(found, ended))));
        world.Runtime.AdvanceBy(TimeSpan.FromSeconds(5));

        world.AsServer(() => world.Server.Stop(echo));

        Assert.True(world.Await(() => ended.Task).ExistenceConfirmed);
    }

    [Fact]
    public void A_crashed_node_is_found_out_within_the_detectors_time()
    {
        using var world = new World(seed: 4);
        world.Server.ActorOf(Props.Create<EchoActor>(), "echo");
        var found = world.Await(() => world.Client.ActorSelection(RemoteSystems.PathOf(world.Server, "/user/echo")).ResolveOne(Limit));
        var ended = new TaskCompletionSource<Terminated>();
        world.AsClient(() => world.Client.ActorOf(Props.Create(() => new WatchingActor(found, ended))));
        world.Runtime.AdvanceBy(TimeSpan.FromMinutes(1));
        var crashed = world.Runtime.Time.Elapsed;

        world.CrashServer();

        Assert.True(world.Await(() => ended.Task).AddressTerminated);
        Assert.InRange(world.Runtime.Time.Elapsed - crashed, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public void An_hour_of_idle_associations_passes_quickly()
    {
        using var world = new World(seed: 5);
        world.Server.ActorOf(Props.Create<EchoActor>(), "echo");
        var found = world.Await(() => world.Client.ActorSelection(RemoteSystems.PathOf(world.Server, "/user/echo")).ResolveOne(Limit));
        world.AsClient(() => world.Client.ActorOf(Props.Create(() => new WatchingActor(found, new TaskCompletionSource<Terminated>()))));
        var before = world.Runtime.Dispatcher.Steps;

        world.Runtime.AdvanceBy(TimeSpan.FromHours(1));

        Assert.InRange(world.Runtime.Dispatcher.Steps - before, 3600, 60_000);
        Assert.Equal("still", world.Await(() => found.Ask<string>("still", Limit)));
    }

    [Fact]
    public void A_node_that_refuses_slowly_is_given_up_too_when_system_messages_wait_for_it()
    {
        using var world = new World(seed: 6);
        // A refusal and the gate behind it take 7.4 s: what was to end the first dial after 15 s fires during the third.
        world.Network.Delay("10.0.0.2:2346", "10.0.0.9:2346", TimeSpan.FromSeconds(2.4));
        var extinct = ((ExtendedActorSystem)world.Client).Provider.ResolveActorRef("akka.tcp://Extinct@10.0.0.9:2346/user/noone#5");
        world.AsClient(() => world.Client.ActorOf(Props.Create(() => new WatchingActor(extinct, new TaskCompletionSource<Terminated>()))).Tell("unwatch"));
        var patience = TimeSpan.FromMinutes(3);
        Assert.True(HearsOfDialsWithin(world, patience));
        world.Runtime.AdvanceBy(TimeSpan.FromSeconds(30));

        Assert.False(HearsOfDialsWithin(world, patience));
    }

    private static bool HearsOfDialsWithin(World world, TimeSpan time)
    {
        Task<AssociationErrorEvent>? heard = null;
        world.AsClient(() => heard = world.Client.Hear<AssociationErrorEvent>());
        world.Runtime.AdvanceBy(time);
        return heard!.IsCompleted;
    }

    private static List<string> Trace(ulong seed)
    {
        using var world = new World(seed);
        var trace = new List<string>();
        world.Runtime.Dispatcher.Tracer = step => trace.Add(step.ToString());
        world.Server.ActorOf(Props.Create<EchoActor>(), "echo");
        var found = world.Await(() => world.Client.ActorSelection(RemoteSystems.PathOf(world.Server, "/user/echo")).ResolveOne(Limit));
        world.AsClient(() => world.Client.ActorOf(Props.Create(() => new WatchingActor(found, new TaskCompletionSource<Terminated>())), "watcher"));
        for (var i = 0; i < 20; i++)
            Assert.Equal(i, world.Await(() => found.Ask<int>(i, Limit)));
        world.Network.Reset(RemoteSystems.NodeOf(world.Server), RemoteSystems.NodeOf(world.Client));
        world.Runtime.AdvanceBy(TimeSpan.FromSeconds(20));
        Assert.Equal("again", world.Await(() => found.Ask<string>("again", Limit)));
        return trace;
    }

    /// <summary>A server and a client in one thread.</summary>
    private sealed class World : IDisposable
    {
        private readonly RuntimeEnvironment _serverNode;
        private readonly RuntimeEnvironment _clientNode;
        private InMemoryTransport? _serverTransport;

        public World(ulong seed)
        {
            Runtime = new DeterministicRuntime(seed);
            Network = new InMemoryNetwork(new VirtualNetworkClock(Runtime));
            _serverNode = Node(transport => _serverTransport = transport);
            _clientNode = Node(_ => { });
            Server = Start(_serverNode, "Server", "");
            Client = Start(_clientNode, "Client", "akka.remote.dot-netty.tcp.hostname = \"10.0.0.2\"");
        }

        public DeterministicRuntime Runtime { get; }

        public InMemoryNetwork Network { get; }

        public ActorSystem Server { get; private set; } = null!;

        public ActorSystem Client { get; }

        public void AsServer(Action code) => Runtime.RunIn(_serverNode, code);

        public void AsClient(Action code) => Runtime.RunIn(_clientNode, code);

        public T Await<T>(Func<Task<T>> ask)
        {
            Task<T>? task = null;
            AsClient(() => task = ask());
            return Runtime.Await(task!, Limit);
        }

        public void CrashServer()
        {
            _serverNode.Abandon();
            Network.Crash(_serverTransport!);
        }

        public void Dispose()
        {
            _serverNode.Abandon();
            _clientNode.Abandon();
        }

        private RuntimeEnvironment Node(Action<InMemoryTransport> made)
        {
            var node = Runtime.CreateEnvironment();
            node.Transport = _ =>
            {
                var transport = Network.CreateTransport(action => Runtime.RunIn(node, action));
                made(transport);
                return transport;
            };
            return node;
        }

        private ActorSystem Start(RuntimeEnvironment node, string name, string config)
        {
            ActorSystem? system = null;
            Runtime.RunIn(node, () => system = ActorSystem.Create(name, ConfigurationFactory.ParseString(config).WithFallback(ConfigurationFactory.ParseString(Config)), node));
            return system!;
        }
    }
}
