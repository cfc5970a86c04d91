namespace Actors.Tests.Remote;

/// <summary>What two systems can do with each other, whatever carries the bytes between them.</summary>
public abstract class TwoSystemsSpecs : IDisposable
{
    private static readonly TimeSpan Limit = RemoteSystems.Limit;
    private readonly RemoteSystems _systems;
    private readonly ActorSystem _server;
    private readonly ActorSystem _client;

    private protected TwoSystemsSpecs(RemoteSystems systems)
    {
        _systems = systems;
        _server = systems.Start("Server");
        _client = systems.Start("Client");
    }

    public void Dispose()
    {
        _systems.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("hi")]
    [InlineData(42)]
    [InlineData(1L << 40)]
    [InlineData(new byte[] { 1, 2, 3 })]
    public async Task A_question_across_systems_is_answered(object question)
    {
        _server.ActorOf(Props.Create<EchoActor>(), "echo");

        var answer = await _client.ActorSelection(RemoteSystems.PathOf(_server, "/user/echo")).Ask<object>(question, Limit);

        Assert.Equal(question, answer);
    }

    [Fact]
    public void The_address_of_a_system_is_found_by_its_provider()
    {
        Assert.Equal(RemoteSystems.PathOf(_server, "/user/echo"), $"{RARP.For(_server).Provider.DefaultAddress}/user/echo");
        Assert.Same(RARP.For(_server), RARP.For(_server));
        Assert.Equal([RARP.For(_server).Provider.DefaultAddress], RARP.For(_server).Provider.Transport.Addresses);
    }

    [Fact]
    public void A_local_actor_is_found_by_the_address_for_others_too()
    {
        var echo = _server.ActorOf(Props.Create<EchoActor>(), "echo");
        var provider = RARP.For(_server).Provider;

        Assert.Same(echo, provider.ResolveActorRefWithLocalAddress(RemoteSystems.PathOf(_server, "/user/echo"), provider.DefaultAddress));
        Assert.True(provider.HasAddress(provider.DefaultAddress));
        Assert.False(provider.HasAddress(RemoteSystems.AddressOf(_client)));
    }

    [Fact]
    public void Two_systems_have_different_uids()
    {
        Assert.NotEqual(AddressUidExtension.Uid(_server), AddressUidExtension.Uid(_client));
        Assert.Equal(AddressUidExtension.Uid(_server), AddressUidExtension.Uid(_server));
    }

    [Fact]
    public async Task An_actor_that_blocks_for_an_answer_does_not_keep_that_answer_from_being_read()
    {
        _client.ActorOf(Props.Create<EchoActor>(), "echo");
        var echo = await _server.ActorSelection(RemoteSystems.PathOf(_client, "/user/echo")).ResolveOne(Limit);
        _server.ActorOf(Props.Create(() => new BlockingAskerActor(echo)), "asker");
        var asker = await _client.ActorSelection(RemoteSystems.PathOf(_server, "/user/asker")).ResolveOne(Limit);

        // Often enough for it to happen on the thread that reads as well as on others.
        for (var i = 0; i < 300; i++)
            Assert.Equal($"{i}", await asker.Ask<string>($"{i}", Limit));
    }

    [Fact]
    public async Task Code_that_goes_on_with_an_answer_may_block_for_the_next()
    {
        _server.ActorOf(Props.Create<EchoActor>(), "echo");
        var echo = await _client.ActorSelection(RemoteSystems.PathOf(_server, "/user/echo")).ResolveOne(Limit);

        for (var i = 0; i < 300; i++)
        {
            await echo.Ask<string>("first", Limit);
            Assert.Equal($"{i}", AskAndBlock(echo, $"{i}"));
        }
    }

    [Fact]
    public async Task A_resolved_ref_carries_its_incarnation()
    {
        var echo = _server.ActorOf(Props.Create<EchoActor>(), "echo");

        var found = await _client.ActorSelection(RemoteSystems.PathOf(_server, "/user/echo")).ResolveOne(Limit);

        Assert.Equal(echo.Path.Uid, found.Path.Uid);
        Assert.Equal("there", await found.Ask<string>("there", Limit));
    }

    [Fact]
    public async Task Refs_that_are_the_same_everywhere_arrive_as_the_own_ones()
    {
        _server.ActorOf(Props.Create<EchoActor>(), "echo");
        var echo = _client.ActorSelection(RemoteSystems.PathOf(_server, "/user/echo"));

        Assert.Same(ActorRefs.Nobody, await echo.Ask<object>(ActorRefs.Nobody, Limit));
        Assert.Same(_client.IgnoreRef, await echo.Ask<object>(_client.IgnoreRef, Limit));
    }

    [Fact]
    public async Task Answers_to_the_ref_that_ignores_are_dropped_without_a_word()
    {
        _server.ActorOf(Props.Create<EchoActor>(), "echo");
        var echo = _client.ActorSelection(RemoteSystems.PathOf(_server, "/user/echo"));

        echo.Tell("ignored", _client.IgnoreRef);

        Assert.Equal("next", await echo.Ask<string>("next", Limit)); // comes after that answer
        Assert.Equal(0, ((DeadLetterActorRef)_client.DeadLetters).Count);
    }

    [Fact]
    public async Task Nobody_is_found_where_nobody_is() =>
        await Assert.ThrowsAsync<ActorNotFoundException>(() =>
            _client.ActorSelection(RemoteSystems.PathOf(_server, "/user/nobody")).ResolveOne(Limit));

    [Fact]
    public async Task A_watched_remote_actor_that_stops_is_reported()
    {
        var echo = _server.ActorOf(Props.Create<EchoActor>(), "echo");
        var found = await _client.ActorSelection(RemoteSystems.PathOf(_server, "/user/echo")).ResolveOne(Limit);
        var ended = new TaskCompletionSource<Terminated>();
        var watched = _server.Hear<Debug>(e => e.LogSource.Contains("/user/echo", StringComparison.Ordinal) && e.ToString().Contains("now watched by", StringComparison.Ordinal));
        _client.ActorOf(Props.Create(() => new WatchingActor(found, ended)), "watcher");
        await watched.WaitAsync(Limit);

        _server.Stop(echo);

        var terminated = await ended.Task.WaitAsync(Limit);
        Assert.Equal(found, terminated.ActorRef);
        Assert.True(terminated.ExistenceConfirmed);
        Assert.False(terminated.AddressTerminated);
    }

    [Fact]
    public async Task Watching_what_is_already_dead_is_reported_too()
    {
        var echo = _server.ActorOf(Props.Create<EchoActor>(), "echo");
        var found = await _client.ActorSelection(RemoteSystems.PathOf(_server, "/user/echo")).ResolveOne(Limit);
        Assert.True(await echo.GracefulStop(Limit));
        var ended = new TaskCompletionSource<Terminated>();

        _client.ActorOf(Props.Create(() => new WatchingActor(found, ended)), "watcher");

        Assert.Equal(found, (await ended.Task.WaitAsync(Limit)).ActorRef);
    }

    [Fact]
    public async Task Messages_between_a_pair_of_actors_stay_in_order()
    {
        var all = new TaskCompletionSource<List<int>>();
        _server.ActorOf(Props.Create(() => new CollectingActor(10_000, all)), "collector");
        var found = await _client.ActorSelection(RemoteSystems.PathOf(_server, "/user/collector")).ResolveOne(Limit);

        for (var i = 0; i < 10_000; i++)
            found.Tell(i);

        Assert.Equal(Enumerable.Range(0, 10_000), await all.Task.WaitAsync(Limit));
    }

    [Fact]
    public async Task A_large_message_arrives_whole()
    {
        _server.ActorOf(Props.Create<EchoActor>(), "echo");
        var large = new byte[100_000];
        new Draw(7).NextBytes(large);

        var answer = await _client.ActorSelection(RemoteSystems.PathOf(_server, "/user/echo")).Ask<byte[]>(large, Limit);

        Assert.Equal(large, answer);
    }

    [Fact]
    public async Task A_message_over_the_frame_limit_is_dropped_and_the_next_one_arrives()
    {
        _server.ActorOf(Props.Create<EchoActor>(), "echo");
        var echo = _client.ActorSelection(RemoteSystems.PathOf(_server, "/user/echo"));
        var dropped = _client.Hear<DeadLetter>(e => e.Message is byte[]);

        echo.Tell(new byte[128_000]);

        Assert.Equal("next", await echo.Ask<string>("next", Limit));
        Assert.Equal(128_000, ((byte[])(await dropped.WaitAsync(Limit)).Message).Length);
        Assert.Equal(1, RemoteSystems.RemotingOf(_client).Rejections[Rejection.OutboundFrameTooLong]);
    }

    [Fact]
    public async Task A_failure_arrives_as_a_failure_of_the_runtimes_own()
    {
        _server.ActorOf(Props.Create<EchoActor>(), "echo");
        var failure = new Status.Failure(new InvalidOperationException("no", new IOException("disk")));

        var thrown = await Assert.ThrowsAnyAsync<Exception>(() =>
            _client.ActorSelection(RemoteSystems.PathOf(_server, "/user/echo")).Ask<string>(failure, Limit));

        Assert.Equal("no", thrown.Message);
        Assert.Equal("disk", thrown.InnerException!.Message);
        Assert.IsNotType<InvalidOperationException>(thrown);
    }

    [Fact]
    public async Task A_message_of_an_unknown_kind_is_not_sent_but_a_dead_letter()
    {
        _server.ActorOf(Props.Create<EchoActor>(), "echo");
        var echo = _client.ActorSelection(RemoteSystems.PathOf(_server, "/user/echo"));
        var dead = _client.Hear<DeadLetter>(e => e.Message is true);

        echo.Tell(true);

        Assert.Equal("next", await echo.Ask<string>("next", Limit));
        Assert.Equal(1, RemoteSystems.RemotingOf(_client).Rejections[Rejection.NotSerializable]);
        await dead.WaitAsync(Limit);
    }

    [Fact]
    public async Task What_is_told_just_before_the_end_of_a_system_still_arrives()
    {
        var all = new TaskCompletionSource<List<int>>();
        _server.ActorOf(Props.Create(() => new CollectingActor(1000, all)), "collector");
        var found = await _client.ActorSelection(RemoteSystems.PathOf(_server, "/user/collector")).ResolveOne(Limit);

        for (var i = 0; i < 1000; i++)
            found.Tell(i);
        await _client.Terminate().WaitAsync(Limit);

        Assert.Equal(1000, (await all.Task.WaitAsync(Limit)).Count);
    }

    [Fact]
    public async Task Both_systems_hear_of_their_association_and_of_its_end()
    {
        _server.ActorOf(Props.Create<EchoActor>(), "echo");
        var outbound = _client.Hear<AssociatedEvent>(e => !e.IsInbound && e.RemoteAddress == RemoteSystems.AddressOf(_server));
        var inbound = _server.Hear<AssociatedEvent>(e => e.IsInbound && e.RemoteAddress == RemoteSystems.AddressOf(_client));
        var ended = _server.Hear<DisassociatedEvent>();
        await _client.ActorSelection(RemoteSystems.PathOf(_server, "/user/echo")).Ask<string>("x", Limit);

        await Task.WhenAll(outbound, inbound).WaitAsync(Limit);
        _ = _client.Terminate();

        Assert.Equal(RemoteSystems.AddressOf(_client), (await ended.WaitAsync(Limit)).RemoteAddress);
    }

    [Fact]
    public async Task What_is_more_than_a_connection_takes_at_once_arrives_whole_and_in_order_in_both_directions_beside_questions()
    {
        _server.ActorOf(Props.Create<EchoActor>(), "echo");
        var echo = await _client.ActorSelection(RemoteSystems.PathOf(_server, "/user/echo")).ResolveOne(Limit);
        var all = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        const int count = 2_000;
        _client.ActorOf(Props.Create(() => new FloodingActor(echo, count, all)));

        for (var i = 0; !all.Task.IsCompleted; i++)
            Assert.Equal($"{i}", await echo.Ask<string>($"{i}", Limit));

        Assert.True(await all.Task.WaitAsync(Limit), "an answer came out of order, or changed");
    }

    private static string AskAndBlock(IActorRef actor, string question) => actor.Ask<string>(question, Limit).GetAwaiter().GetResult();
}
