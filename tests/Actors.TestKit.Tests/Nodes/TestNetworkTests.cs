using Actors.Testing.Tests.Kit;

namespace Actors.Testing.Tests.Nodes;

public abstract class TestNetworkTests(TestNetwork network) : IDisposable
{
    private const string Quick = """
        akka.loglevel = WARNING
        akka.remote.retry-gate-closed-for = 100ms
        akka.remote.watch-failure-detector {
          heartbeat-interval = 50ms
          acceptable-heartbeat-pause = 500ms
          unreachable-nodes-reaper-interval = 50ms
          expected-response-after = 100ms
        }
        """;

    protected static TimeSpan Limit { get; } = TimeSpan.FromSeconds(20);

    protected TestNetwork Network => network;

    public void Dispose()
    {
        network.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact(Timeout = 60_000)]
    public async Task Nodes_talk()
    {
        TestNode server = Start("Server");
        TestNode client = Start("Client");
        IActorRef echo = client.Remote(server, server.ActorOf(() => new Echo(), "echo"));
        echo.Tell("hello", client.TestActor);
        await client.ExpectMsgAsync("hello", Limit);
        Assert.Equal(server.Address, client.LastSender.Path.Address);
        Assert.Equal("asked", await client.Remote(server, "/user/echo").Ask<string>("asked", Limit));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_node_that_crashes_is_noticed()
    {
        TestNode server = Start("Server");
        TestNode client = Start("Client");
        IActorRef echo = client.Remote(server, server.ActorOf(() => new Echo(), "echo"));
        echo.Tell("hello", client.TestActor);
        await client.ExpectMsgAsync("hello", Limit);
        client.Watch(echo);
        Network.Crash(server);
        Terminated end = await client.ExpectTerminatedAsync(echo, Limit);
        Assert.True(end.AddressTerminated);
        Assert.True(server.HasCrashed);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_node_that_ends_in_order_comes_back_under_its_address()
    {
        TestNode server = Start("Server");
        TestNode client = Start("Client");
        server.ActorOf(() => new Echo(), "echo");
        await client.Remote(server, "/user/echo").Ask<string>("before", Limit);
        TestNode again = Network.Restart(server);
        Assert.Equal(server.Address, again.Address);
        again.ActorOf(() => new Echo(), "echo");
        await client.AwaitAssertAsync(
            async () => Assert.Equal("after", await client.Remote(again, "/user/echo").Ask<string>("after", TimeSpan.FromMilliseconds(500))),
            Limit);
    }

    protected TestNode Start(string name) => network.Start(name, ConfigurationFactory.ParseString(Quick));
}
