namespace Actors.Tests.Remote;

/// <summary>What a remote peer may not do in untrusted mode.</summary>
public sealed class UntrustedModeTests : IDisposable
{
    private static readonly TimeSpan Limit = RemoteSystems.Limit;
    private readonly RemoteSystems _systems = new();
    private readonly StockPeer _peer = new();
    private readonly ActorSystem _server;
    private readonly IActorRef _open;
    private readonly IActorRef _closed;

    public UntrustedModeTests()
    {
        _server = _systems.Start("Server", """
            akka.remote.untrusted-mode = on
            akka.remote.trusted-selection-paths = ["/user/open"]
            """);
        _open = _server.ActorOf(Props.Create<EchoActor>(), "open");
        _closed = _server.ActorOf(Props.Create<EchoActor>(), "closed");
    }

    public void Dispose()
    {
        _peer.Dispose();
        _systems.Dispose();
    }

    private string Root => RemoteSystems.AddressOf(_server) + "/";

    private string Open => _open.Path.ToSerializationFormatWithAddress(RemoteSystems.AddressOf(_server));

    private string Closed => _closed.Path.ToSerializationFormatWithAddress(RemoteSystems.AddressOf(_server));

    [Theory]
    [InlineData("PP")]
    [InlineData("K")]
    public async Task Messages_that_stop_actors_are_refused(string manifest)
    {
        await _peer.Associate(_server);

        await _peer.SendEnvelope(Open, 16, manifest, []);
        await _peer.SendEnvelope(Root, 6, "", Select(16, manifest, [], "user", "open"));

        await AssertAlive(Open, refused: 2);
    }

    [Fact]
    public async Task Terminate_is_refused()
    {
        await _peer.Associate(_server);

        await _peer.SendEnvelope(Open, 22, "Akka.Dispatch.SysMsg.Terminate, Akka", [], seq: 0);

        await AssertAlive(Open, refused: 1);
    }

    [Fact]
    public async Task Selections_are_let_through_by_path()
    {
        await _peer.Associate(_server);

        await _peer.SendEnvelope(Root, 6, "", Select(17, "S", "no"u8.ToArray(), "user", "closed"), AtPeer);
        await _peer.SendEnvelope(Root, 6, "", Select(17, "S", "no"u8.ToArray(), "user", "o*"), AtPeer);
        await _peer.SendEnvelope(Root, 6, "", Select(17, "S", "yes"u8.ToArray(), "user", "open"), AtPeer);

        Assert.Equal("yes", (await _peer.ReceiveEnvelope()).Text);
        Assert.Equal(2, Refused);
    }

    [Fact]
    public async Task A_path_without_an_incarnation_is_a_selection_by_another_name()
    {
        await _peer.Associate(_server);

        await _peer.SendString(Root + "user/closed", "no", AtPeer);
        await _peer.SendWatch(Root + "user/closed", seq: 0);
        await _peer.SendString(Root + "user/open", "yes", AtPeer);

        Assert.Equal("yes", (await _peer.ReceiveEnvelope()).Text);
        Assert.Equal(2, Refused);
    }

    [Fact]
    public async Task Who_was_given_a_ref_may_use_and_watch_it()
    {
        await _peer.Associate(_server);
        await _peer.SendWatch(Closed, seq: 0);

        await AssertAlive(Closed, refused: 0);
    }

    [Fact]
    public async Task The_remote_watcher_answers_in_untrusted_mode_too()
    {
        await _peer.Associate(_server);

        await _peer.SendEnvelope(Root, 6, "", Select(16, "RWHB", [], "system", "remote-watcher"), AtPeer);

        Assert.Equal("RWHR", (await _peer.ReceiveEnvelope()).Manifest);
    }

    [Fact]
    public async Task In_trusted_mode_a_remote_poison_pill_is_taken()
    {
        var trusting = _systems.Start("Trusting");
        var echo = trusting.ActorOf(Props.Create<EchoActor>(), "echo");
        var ended = new TaskCompletionSource<Terminated>();
        trusting.ActorOf(Props.Create(() => new WatchingActor(echo, ended)));
        await _peer.Associate(trusting);

        await _peer.SendEnvelope(echo.Path.ToSerializationFormatWithAddress(RemoteSystems.AddressOf(trusting)), 16, "PP", []);

        await ended.Task.WaitAsync(Limit);
    }

    [Fact]
    public async Task Nobody_watches_or_ends_in_the_name_of_a_third_party()
    {
        using var other = new StockPeer(system: "Other");
        await _peer.Associate(_server);
        var named = new StockPeer(system: "Third");

        await _peer.SendEnvelope(Open, 22, "Akka.Dispatch.SysMsg.Watch, Akka", [.. Ref(1, Open), .. Ref(2, named.Address + "/user/x#1")], seq: 0);
        await _peer.SendEnvelope(Open, 22, "Akka.Dispatch.SysMsg.DeathWatchNotification, Akka", [.. Ref(1, named.Address + "/user/x#1"), 0x10, 1], seq: 1);

        await AssertAlive(Open, refused: 2);
        named.Dispose();
    }

    private string AtPeer => _peer.Address + "/temp/a";

    private long Refused => RemoteSystems.RemotingOf(_server).Rejections[Rejection.Untrusted];

    private async Task AssertAlive(string path, int refused)
    {
        await _peer.SendString(path, "alive", AtPeer);
        Assert.Equal("alive", (await _peer.ReceiveEnvelope()).Text);
        Assert.Equal(refused, Refused);
    }

    private static byte[] Ref(int field, string path)
    {
        var utf8 = System.Text.Encoding.UTF8.GetBytes(path);
        return [(byte)(field << 3 | 2), (byte)(utf8.Length + 2), 0x0a, (byte)utf8.Length, .. utf8];
    }

    private static byte[] Select(int serializer, string manifest, byte[] message, params string[] names)
    {
        var payload = new OutboundPayload(serializer, System.Text.Encoding.UTF8.GetBytes(manifest), message.Length, message);
        var steps = names.Select(n => new SelectionStep(n.Contains('*') ? SelectionStepKind.ChildPattern : SelectionStepKind.ChildName, n));
        var body = new SelectionBody(payload, [.. steps]);
        var bytes = new byte[body.Size];
        body.WriteTo(bytes);
        return bytes;
    }
}
