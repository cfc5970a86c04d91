using Actors.Testing.Tests.Kit;

namespace Actors.Testing.Tests.Nodes;

public sealed class InMemoryNetworkTests : TestNetworkTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(100);
    private readonly TestNode _server;
    private readonly TestNode _client;
    private readonly IActorRef _echo;

    public InMemoryNetworkTests()
        : base(TestNetwork.InMemory())
    {
        _server = Start("Server");
        _client = Start("Client");
        _echo = _client.Remote(_server, _server.ActorOf(() => new Echo(), "echo"));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_sent_over_a_stalled_link_waits()
    {
        await Talk("before");
        Network.Stall(_server, _client);
        _echo.Tell("stalled", _client.TestActor);
        await _client.ExpectNoMsgAsync(Soon);
        Network.Resume(_server, _client);
        await _client.ExpectMsgAsync("stalled", Limit);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_partition_stops_both_ways_until_it_heals()
    {
        await Talk("before");
        Network.Partition(_server, _client);
        _echo.Tell("parted", _client.TestActor);
        await _client.ExpectNoMsgAsync(Soon);
        Network.Heal(_client, _server);
        await _client.ExpectMsgAsync("parted", Limit);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_delayed_link_is_slow()
    {
        await Talk("before");
        Network.Delay(_server, _client, TimeSpan.FromMilliseconds(300));
        TimeSpan start = TestKitBase.Now;
        await Talk("slow");
        Assert.True(TestKitBase.Now - start >= TimeSpan.FromMilliseconds(290));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_reset_connection_is_made_again()
    {
        await Talk("before");
        Network.Reset(_server, _client);
        await _client.AwaitAssertAsync(
            async () => Assert.Equal("after", await _echo.Ask<string>("after", TimeSpan.FromMilliseconds(500))),
            Limit);
    }

    private async Task Talk(string message)
    {
        _echo.Tell(message, _client.TestActor);
        await _client.ExpectMsgAsync(message, Limit);
    }
}
