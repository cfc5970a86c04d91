namespace Actors.Tests.Remote;

/// <summary>What waits to be sent: two lanes, and their bounds.</summary>
public sealed class LanesTests : IDisposable
{
    private static readonly TimeSpan Limit = RemoteSystems.Limit;
    private readonly RemoteSystems _systems;
    private readonly InMemoryNetwork _network;
    private readonly ActorSystem _server;
    private readonly ActorSystem _client;

    public LanesTests()
    {
        _systems = RemoteSystems.InMemory(out _network);
        _server = _systems.Start("Server");
        _client = _systems.Start("Client", """
            actors.remote.bulk-recipients = ["/user/bulk-*"]
            actors.remote.outbound-lane-size = 40MiB
            """);
    }

    public void Dispose() => _systems.Dispose();

    [Fact]
    public async Task Control_overtakes_bulk_and_each_keeps_its_order()
    {
        using var systems = new RemoteSystems();
        using var peer = new StockPeer(receiveBufferBytes: 64 * 1024);
        var client = systems.Start("Client", """
            actors.remote.bulk-recipients = ["/user/bulk-*"]
            actors.remote.tcp.send-buffer-size = 64KiB
            """);
        var provider = ((ExtendedActorSystem)client).Provider;
        var bulk = provider.ResolveActorRef(peer.Address + "/user/bulk-1#1");
        var control = provider.ResolveActorRef(peer.Address + "/user/control#2");
        bulk.Tell(new byte[64 * 1024]);
        await peer.AcceptAssociation();

        for (var i = 1; i < 200; i++)
            bulk.Tell(new byte[64 * 1024 + i]);
        for (var i = 0; i < 100; i++)
            control.Tell(i);
        var order = new List<ReceivedEnvelope>();
        while (order.Count < 300)
            order.Add(await peer.ReceiveEnvelope());

        var blobs = order.Where(e => e.SerializerId == 4).Select(e => e.Message.Length);
        var numbers = order.Where(e => e.SerializerId == 17).Select(e => BitConverter.ToInt32(e.Message));
        Assert.Equal(Enumerable.Range(0, 200).Select(i => 64 * 1024 + i), blobs);
        Assert.Equal(Enumerable.Range(0, 100), numbers);
        Assert.InRange(order.FindLastIndex(e => e.SerializerId == 17), 99, 140); // what was in sockets before it, and no more
    }

    [Fact]
    public async Task A_peer_that_does_not_read_costs_no_more_than_the_lane()
    {
        var log = new OrderLog(expected: int.MaxValue);
        var control = await Resolve("control", log);
        _network.Stall(RemoteSystems.NodeOf(_client), RemoteSystems.NodeOf(_server));
        var dropped = 0;
        _client.EventStream.Subscribe(_client.ActorOf(Props.Create(() => new Counting(() => Interlocked.Increment(ref dropped)))), typeof(DeadLetter));
        var message = new byte[100_000];

        for (var i = 0; i < 1000; i++)
            control.Tell(message);

        var rejected = RemoteSystems.RemotingOf(_client).Rejections[Rejection.OutboundLaneFull];
        Assert.InRange(rejected, 1000 - 40 * 1024 * 1024 / 100_000 - 20, 1000 - 300);
        var bulk = await ResolveWhileStalled("bulk-1", log);
        Assert.Equal(rejected, RemoteSystems.RemotingOf(_client).Rejections[Rejection.OutboundLaneFull]);
        Assert.NotNull(bulk);
    }

    [Fact]
    public async Task Endless_control_does_not_starve_bulk()
    {
        var log = new OrderLog(expected: 50_010);
        var bulk = await Resolve("bulk-1", log);
        var control = await Resolve("control", log);
        _network.Stall(RemoteSystems.NodeOf(_client), RemoteSystems.NodeOf(_server));
        for (var i = 0; i < 10; i++)
            bulk.Tell(new byte[1000]);
        for (var i = 0; i < 50_000; i++)
            control.Tell(i);

        _network.Resume(RemoteSystems.NodeOf(_client), RemoteSystems.NodeOf(_server));

        var order = await log.Complete.WaitAsync(Limit);
        Assert.True(order.FindIndex(m => m is byte[]) < 49_000, "bulk came last");
    }

    private async Task<IActorRef> Resolve(string name, OrderLog log)
    {
        _server.ActorOf(Props.Create(() => new Logging(log)), name);
        return await _client.ActorSelection(RemoteSystems.PathOf(_server, "/user/" + name)).ResolveOne(Limit);
    }

    private Task<IActorRef> ResolveWhileStalled(string name, OrderLog log)
    {
        var actor = _server.ActorOf(Props.Create(() => new Logging(log)), name);
        var path = actor.Path.ToSerializationFormatWithAddress(RemoteSystems.AddressOf(_server));
        var bulk = ((ExtendedActorSystem)_client).Provider.ResolveActorRef(path);
        bulk.Tell(new byte[1000]);
        return Task.FromResult(bulk);
    }

    private sealed class OrderLog(int expected)
    {
        private readonly List<object> _messages = [];
        private readonly TaskCompletionSource<List<object>> _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<List<object>> Complete => _complete.Task;

        public void Add(object message)
        {
            lock (_messages)
            {
                _messages.Add(message);
                if (_messages.Count == expected)
                    _complete.TrySetResult(_messages);
            }
        }
    }

    private sealed class Logging(OrderLog log) : UntypedActor
    {
        protected override void OnReceive(object message) => log.Add(message);
    }

    private sealed class Counting(Action count) : UntypedActor
    {
        protected override void OnReceive(object message) => count();
    }
}
