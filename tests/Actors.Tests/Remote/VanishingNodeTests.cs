namespace Actors.Tests.Remote;

/// <summary>Nodes that vanish, come back, and connections that fail between them.</summary>
public sealed class VanishingNodeTests : IDisposable
{
    private const string Quick = """
        akka.remote.retry-gate-closed-for = 100ms
        akka.remote.resend-interval = 200ms
        akka.remote.watch-failure-detector {
          heartbeat-interval = 50ms
          acceptable-heartbeat-pause = 500ms
          unreachable-nodes-reaper-interval = 50ms
          expected-response-after = 100ms
        }
        """;

    private static readonly TimeSpan Limit = RemoteSystems.Limit;
    private readonly RemoteSystems _systems;
    private readonly InMemoryNetwork _network;
    private readonly ActorSystem _server;
    private readonly ActorSystem _client;
    private readonly InMemoryTransport _serverTransport;

    public VanishingNodeTests()
    {
        _systems = RemoteSystems.InMemory(out _network);
        _server = _systems.Start("Server", Quick, out var transport);
        _serverTransport = transport!;
        _client = _systems.Start("Client", Quick);
    }

    public void Dispose() => _systems.Dispose();

    [Fact]
    public async Task A_node_that_vanishes_without_a_word_terminates_what_is_watched_there()
    {
        var (_, ended) = await WatchEcho();
        var quarantined = _client.Hear<QuarantinedEvent>();

        _network.Partition(RemoteSystems.NodeOf(_server), RemoteSystems.NodeOf(_client));

        Assert.True((await ended.WaitAsync(Limit)).AddressTerminated);
        Assert.Equal(RemoteSystems.RemotingOf(_server).Uid, (await quarantined.WaitAsync(Limit)).Uid);
    }

    [Fact]
    public async Task A_quarantined_system_hears_of_it_and_a_new_incarnation_is_welcome()
    {
        var (_, ended) = await WatchEcho();
        _network.Partition(RemoteSystems.NodeOf(_server), RemoteSystems.NodeOf(_client));
        await ended.WaitAsync(Limit);
        var told = _server.Hear<ThisActorSystemQuarantinedEvent>();

        _network.Heal(RemoteSystems.NodeOf(_server), RemoteSystems.NodeOf(_client));
        await TellUntil(_server, RemoteSystems.PathOf(_client, "/user/nobody"), told);
        var port = RemoteSystems.AddressOf(_server).Port;
        await _server.Terminate().WaitAsync(Limit);
        var again = _systems.Start("Server", $"akka.remote.dot-netty.tcp.port = {port}\n{Quick}");
        again.ActorOf(Props.Create<EchoActor>(), "echo");
        var associated = _client.Hear<AssociatedEvent>();
        await TellUntil(again, RemoteSystems.PathOf(_client, "/user/nobody"), associated);

        Assert.Equal("back", await _client.ActorSelection(RemoteSystems.PathOf(again, "/user/echo")).Ask<string>("back", Limit));
    }

    [Fact]
    public async Task A_node_that_is_gone_for_good_is_not_dialled_for_ever_because_a_system_message_waits_for_it()
    {
        var impatient = _systems.Start("Impatient", $"akka.remote.initial-system-message-delivery-timeout = 500ms\n{Quick}");
        var goner = _systems.Start("Goner", Quick, out var transport);
        goner.ActorOf(Props.Create<EchoActor>(), "echo");
        var found = await impatient.ActorSelection(RemoteSystems.PathOf(goner, "/user/echo")).ResolveOne(Limit);
        var ended = new TaskCompletionSource<Terminated>();
        var watcher = impatient.ActorOf(Props.Create(() => new WatchingActor(found, ended)));
        var watched = goner.Hear<Debug>(e => e.ToString().Contains("now watched by", StringComparison.Ordinal));
        var quarantined = impatient.Hear<QuarantinedEvent>();

        _network.Crash(transport!);
        // Nobody watches the node any more, so no failure detector will say that it is gone.
        impatient.Stop(watcher);

        Assert.Equal(RemoteSystems.AddressOf(goner), (await quarantined.WaitAsync(Limit)).Address);
    }

    [Fact]
    public async Task A_node_that_comes_back_with_a_new_uid_ends_the_watches_of_the_old_one()
    {
        var (echo, ended) = await WatchEcho();
        var port = RemoteSystems.AddressOf(_server).Port;

        _network.Crash(_serverTransport);
        var again = _systems.Start("Server", $"akka.remote.dot-netty.tcp.port = {port}\n{Quick}");
        again.ActorOf(Props.Create<EchoActor>(), "echo");

        Assert.Equal(echo, (await ended.WaitAsync(Limit)).ActorRef);
    }

    [Fact]
    public async Task A_watch_outlives_connections_that_are_reset()
    {
        var echoOnServer = _server.ActorOf(Props.Create<EchoActor>(), "echo");
        var (_, ended) = await WatchEcho(create: false);
        for (var i = 0; i < 3; i++)
        {
            var back = _server.Hear<AssociatedEvent>();
            _network.Reset(RemoteSystems.NodeOf(_server), RemoteSystems.NodeOf(_client));
            await back.WaitAsync(Limit);
        }

        _server.Stop(echoOnServer);

        var terminated = await ended.WaitAsync(Limit);
        Assert.False(terminated.AddressTerminated);
        Assert.True(terminated.ExistenceConfirmed);
    }

    [Fact]
    public async Task The_end_of_a_watched_actor_is_reported_although_its_connection_was_reset_at_that_moment()
    {
        var echoOnServer = _server.ActorOf(Props.Create<EchoActor>(), "echo");
        var (_, ended) = await WatchEcho(create: false);
        _network.Stall(RemoteSystems.NodeOf(_server), RemoteSystems.NodeOf(_client));

        Assert.True(await echoOnServer.GracefulStop(Limit));
        _network.Reset(RemoteSystems.NodeOf(_server), RemoteSystems.NodeOf(_client)); // the notification was under way and is lost
        _network.Resume(RemoteSystems.NodeOf(_server), RemoteSystems.NodeOf(_client));

        Assert.False((await ended.WaitAsync(Limit)).AddressTerminated);
    }

    [Fact]
    public async Task After_unwatch_nothing_is_reported()
    {
        var echoOnServer = _server.ActorOf(Props.Create<EchoActor>(), "echo");
        var found = await _client.ActorSelection(RemoteSystems.PathOf(_server, "/user/echo")).ResolveOne(Limit);
        var ended = new TaskCompletionSource<Terminated>();
        var watched = _server.Hear<Debug>(e => e.LogSource.Contains("/user/echo", StringComparison.Ordinal) && e.ToString().Contains("now watched by", StringComparison.Ordinal));
        var unwatched = _server.Hear<Debug>(e => e.ToString().Contains("no longer watched by", StringComparison.Ordinal));
        var watcher = _client.ActorOf(Props.Create(() => new WatchingActor(found, ended)));
        await watched.WaitAsync(Limit);

        watcher.Tell("unwatch");
        await unwatched.WaitAsync(Limit);
        Assert.True(await echoOnServer.GracefulStop(Limit));

        Assert.Equal("alive", await watcher.Ask<string>("alive", Limit));
        Assert.False(ended.Task.IsCompleted);
    }

    [Fact]
    public async Task Messages_to_a_gated_address_are_dead_letters_until_the_peer_connects()
    {
        var client = _systems.Start("Gated", "akka.remote.retry-gate-closed-for = 1h");
        _server.ActorOf(Props.Create<EchoActor>(), "echo");
        var echo = client.ActorSelection(RemoteSystems.PathOf(_server, "/user/echo"));
        Assert.Equal("x", await echo.Ask<string>("x", Limit));
        var lost = client.Hear<DisassociatedEvent>();
        _network.Reset(RemoteSystems.NodeOf(_server), RemoteSystems.NodeOf(client));
        await lost.WaitAsync(Limit);

        var dead = client.Hear<DeadLetter>(e => e.Message is "gated");
        echo.Tell("gated");
        await dead.WaitAsync(Limit);

        await TellUntil(_server, RemoteSystems.PathOf(client, "/user/nobody"), client.Hear<AssociatedEvent>());
        Assert.Equal("lifted", await echo.Ask<string>("lifted", Limit));
    }

    [Fact]
    public async Task A_silent_connection_ends_though_nobody_closes_it()
    {
        var client = _systems.Start("Impatient", "akka.remote.transport-failure-detector { heartbeat-interval = 50ms, acceptable-heartbeat-pause = 300ms }");
        _server.ActorOf(Props.Create<EchoActor>(), "echo");
        await client.ActorSelection(RemoteSystems.PathOf(_server, "/user/echo")).Ask<string>("x", Limit);
        var failed = client.Hear<AssociationErrorEvent>();

        _network.Stall(RemoteSystems.NodeOf(_server), RemoteSystems.NodeOf(client));

        Assert.Contains("failure detector", (await failed.WaitAsync(Limit)).ToString(), StringComparison.Ordinal);
    }

    private async Task<(IActorRef Echo, Task<Terminated> Ended)> WatchEcho(bool create = true)
    {
        if (create)
            _server.ActorOf(Props.Create<EchoActor>(), "echo");
        var found = await _client.ActorSelection(RemoteSystems.PathOf(_server, "/user/echo")).ResolveOne(Limit);
        var ended = new TaskCompletionSource<Terminated>(TaskCreationOptions.RunContinuationsAsynchronously);
        var watched = _server.Hear<Debug>(e => e.LogSource.Contains("/user/echo", StringComparison.Ordinal) && e.ToString().Contains("now watched by", StringComparison.Ordinal));
        _client.ActorOf(Props.Create(() => new WatchingActor(found, ended)));
        await watched.WaitAsync(Limit);
        return (found, ended.Task);
    }

    /// <summary>Tells again and again, since a gate may be closed, until something has happened.</summary>
    private static async Task TellUntil(ActorSystem system, string path, Task happened)
    {
        using var telling = new Cancelable(system.Scheduler);
        var target = system.ActorSelection(path);
        system.Scheduler.Advanced.ScheduleRepeatedly(TimeSpan.Zero, TimeSpan.FromMilliseconds(20), () => target.Tell("knock"), telling);
        await happened.WaitAsync(Limit);
        telling.Cancel();
    }
}
