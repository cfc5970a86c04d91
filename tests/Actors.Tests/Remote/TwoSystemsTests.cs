using Xunit;

namespace Actors.Tests.Remote;

public sealed class TwoSystemsTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private readonly ActorSystem _server = RemoteSystems.Start("Server", "akka.loglevel = DEBUG, akka.loggers = [], akka.actor.debug.lifecycle = on");
    private readonly ActorSystem _client = RemoteSystems.Start("Client");

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        Assert.True(Task.WaitAll([_client.WhenTerminated, _server.WhenTerminated], Limit));
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
    public async Task A_resolved_ref_carries_its_incarnation()
    {
        var echo = _server.ActorOf(Props.Create<EchoActor>(), "echo");

        var found = await _client.ActorSelection(RemoteSystems.PathOf(_server, "/user/echo")).ResolveOne(Limit);

        Assert.Equal(echo.Path.Uid, found.Path.Uid);
        Assert.Equal("there", await found.Ask<string>("there", Limit));
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
        var watched = _server.Hear<Debug>(e => e.ToString().Contains("now watched by", StringComparison.Ordinal));
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
}
