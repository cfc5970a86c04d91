namespace Actors.Tests.Remote;

/// <summary>The protocol as a stock node sees it on the wire.</summary>
public sealed class StockPeerTests : IDisposable
{
    private const string Quick = """
        akka.remote.retry-gate-closed-for = 100ms
        akka.remote.resend-interval = 300ms
        """;

    private static readonly TimeSpan Limit = RemoteSystems.Limit;
    private readonly RemoteSystems _systems = new();
    private readonly StockPeer _peer = new();
    private readonly ActorSystem _server;
    private readonly IActorRef _echo;

    public StockPeerTests()
    {
        _server = _systems.Start("Server", Quick);
        _echo = _server.ActorOf(Props.Create<EchoActor>(), "echo");
    }

    public void Dispose()
    {
        _peer.Dispose();
        _systems.Dispose();
    }

    private string Echo => _echo.Path.ToSerializationFormatWithAddress(RemoteSystems.AddressOf(_server));

    private string AtPeer => _peer.Address + "/temp/a";

    [Fact]
    public async Task A_dialling_peer_is_answered_with_own_address_and_uid()
    {
        var answer = await _peer.Associate(_server);

        Assert.Equal(new Handshake("Server", "127.0.0.1", RemoteSystems.AddressOf(_server).Port!.Value, "tcp", RemoteSystems.RemotingOf(_server).Uid), answer);
        Assert.InRange(answer.Uid, 0, int.MaxValue);
        Assert.Equal(answer.Uid, AddressUidExtension.Uid(_server));
    }

    [Fact]
    public async Task An_accepted_connection_carries_the_answers_too()
    {
        await _peer.Associate(_server);

        await _peer.SendString(Echo, "hi", AtPeer);

        var answer = await _peer.ReceiveEnvelope();
        Assert.Equal(("hi", AtPeer, Echo, -1L), (answer.Text, answer.Recipient, answer.Sender, answer.Seq));
    }

    [Fact]
    public async Task A_selection_goes_to_the_root_step_by_step()
    {
        _server.ActorSelection(_peer.Address + "/user/some/one").Tell("hi");
        await _peer.AcceptAssociation();

        var envelope = await _peer.ReceiveEnvelope();

        Assert.Equal((_peer.Address + "/", 6, ""), (envelope.Recipient, envelope.SerializerId, envelope.Manifest));
        Assert.Contains("0802120475736572", Convert.ToHexString(envelope.Message), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_acknowledgement_a_watch_is_sent_again_and_with_one_no_more()
    {
        var watched = await WatchOnPeer();

        var again = await _peer.ReceiveEnvelope(e => e.SerializerId == 22);
        Assert.Equal((watched.Seq, watched.Manifest), (again.Seq, again.Manifest));

        await _peer.SendRaw(EnvelopeFrame.AcknowledgementOnly(new Acknowledgement(0)));
        await AnswerHeartbeat(); // makes the second watch, number 1
        var second = await _peer.ReceiveEnvelope(e => e.SerializerId == 22 && e.Seq != 0);
        Assert.Equal(1, second.Seq);
    }

    [Fact]
    public async Task Unacknowledged_system_messages_go_out_again_after_each_handshake()
    {
        await WatchOnPeer();
        _peer.Close();

        await _peer.AcceptAssociation();

        Assert.Equal(0, (await _peer.ReceiveEnvelope(e => e.SerializerId == 22)).Seq);
    }

    [Fact]
    public async Task A_new_uid_is_numbered_from_zero_again()
    {
        await WatchOnPeer();
        await _peer.SendRaw(EnvelopeFrame.AcknowledgementOnly(new Acknowledgement(0)));
        _peer.Close();
        _peer.Uid = 4712;

        await _peer.AcceptAssociation();
        await AnswerHeartbeat();

        Assert.Equal(0, (await _peer.ReceiveEnvelope(e => e.SerializerId == 22)).Seq);
    }

    [Fact]
    public async Task Acknowledging_what_was_never_sent_quarantines_the_peer()
    {
        await _peer.Associate(_server);
        var quarantined = _server.Hear<QuarantinedEvent>();

        await _peer.SendRaw(EnvelopeFrame.AcknowledgementOnly(new Acknowledgement(5)));

        await _peer.ReceiveControl(ControlCommand.DisassociateQuarantined);
        Assert.Equal(4711, (await quarantined.WaitAsync(Limit)).Uid);
    }

    [Fact]
    public async Task A_quarantined_uid_is_answered_told_and_closed_and_a_new_one_let_in()
    {
        await _peer.Associate(_server);
        RARP.For(_server).Provider.Quarantine(Address.Parse(_peer.Address), 4711);
        await _peer.ReceiveControl(ControlCommand.DisassociateQuarantined);
        _peer.Close();

        await _peer.Associate(_server);
        await _peer.ReceiveControl(ControlCommand.DisassociateQuarantined);
        await _peer.ReceiveEnd();
        _peer.Uid = 4712;
        await _peer.Associate(_server);

        await _peer.SendString(Echo, "hi", AtPeer);
        Assert.Equal("hi", (await _peer.ReceiveEnvelope()).Text);
    }

    [Fact]
    public async Task Giving_up_another_incarnation_leaves_the_connection_alone()
    {
        await _peer.Associate(_server);

        RARP.For(_server).Provider.Transport.Quarantine(Address.Parse(_peer.Address), 4710);
        await _peer.SendString(Echo, "hi", AtPeer);

        Assert.Equal("hi", (await _peer.ReceiveEnvelope()).Text);
    }

    [Fact]
    public async Task Being_quarantined_is_published()
    {
        var told = _server.Hear<ThisActorSystemQuarantinedEvent>();
        await _peer.Associate(_server);

        await _peer.SendRaw(ControlFrames.DisassociateQuarantined);

        Assert.Equal(Address.Parse(_peer.Address), (await told.WaitAsync(Limit)).RemoteAddress);
        Assert.Equal($"The remote system {_peer.Address} has quarantined this system {RemoteSystems.AddressOf(_server)}.", (await told).ToString());
    }

    [Fact]
    public async Task A_peer_that_parts_without_a_reason_is_warned_of()
    {
        var warned = _server.Hear<Warning>(e => e.ToString().Contains("address is now gated", StringComparison.Ordinal));
        await _peer.Associate(_server);

        await _peer.SendRaw(ControlFrames.Disassociate);

        Assert.Contains($"Association with remote system {_peer.Address} has failed", (await warned.WaitAsync(Limit)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_numbered_message_is_acknowledged_alone_if_nothing_goes_out()
    {
        await _peer.Associate(_server);

        await _peer.SendWatch(Echo, seq: 0);

        var acknowledgement = await _peer.ReceiveAcknowledgement();
        Assert.Equal((0L, 0), (acknowledgement.Cumulative, acknowledgement.Missing.Count));
    }

    [Fact]
    public async Task An_acknowledgement_rides_on_what_goes_out()
    {
        await _peer.Associate(_server);

        await _peer.SendWatch(Echo, seq: 0);
        await _peer.SendString(Echo, "hi", AtPeer);

        Assert.Equal(0, (await _peer.ReceiveEnvelope()).Acknowledgement?.Cumulative);
    }

    [Fact]
    public async Task Gaps_are_reported_and_closed()
    {
        await _peer.Associate(_server);
        await _peer.SendWatch(Echo, seq: 0);
        await _peer.SendWatch(Echo, seq: 3);
        var gaps = await _peer.ReceiveAcknowledgement();
        Assert.Equal(3, gaps.Cumulative);
        Assert.Equal([1, 2], gaps.Missing);

        await _peer.SendWatch(Echo, seq: 1);
        await _peer.SendWatch(Echo, seq: 2);

        var closed = await _peer.ReceiveAcknowledgement();
        Assert.Equal((3L, 0), (closed.Cumulative, closed.Missing.Count));
    }

    [Fact]
    public async Task The_end_of_a_watched_actor_is_sent_once_although_it_was_watched_twice()
    {
        var watched = _server.Hear<Debug>(e => e.LogSource.Contains("/user/echo", StringComparison.Ordinal) && e.ToString().Contains("now watched by", StringComparison.Ordinal));
        await _peer.Associate(_server);
        await _peer.SendWatch(Echo, seq: 0);
        await _peer.SendWatch(Echo, seq: 1);
        await watched.WaitAsync(Limit);
        await _peer.SendString(Echo, "both", AtPeer);
        Assert.Equal("both", (await _peer.ReceiveEnvelope()).Text);

        _server.Stop(_echo);

        var end = await _peer.ReceiveEnvelope();
        Assert.Equal(("Akka.Dispatch.SysMsg.DeathWatchNotification, Akka", 0L), (end.Manifest, end.Seq));
        Assert.Equal(_peer.Address + "/system/remote-watcher#7", end.Recipient);
        Assert.Equal(0, (await _peer.ReceiveEnvelope()).Seq); // sent again for want of an acknowledgement, not a second end
    }

    [Fact]
    public async Task A_watch_of_nobody_is_answered_at_once()
    {
        await _peer.Associate(_server);

        await _peer.SendWatch(RemoteSystems.PathOf(_server, "/user/gone#12345"), seq: 0);

        var end = await _peer.ReceiveEnvelope();
        Assert.Equal("Akka.Dispatch.SysMsg.DeathWatchNotification, Akka", end.Manifest);
        Assert.DoesNotContain("1001", Convert.ToHexString(end.Message[^4..]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_remote_watcher_answers_with_the_uid_of_the_handshake()
    {
        var handshake = await _peer.Associate(_server);

        await _peer.SendEnvelope(RemoteSystems.AddressOf(_server) + "/", 6, "", Convert.FromHexString("0a0810101a0452574842120a0802120673797374656d12120802120e72656d6f74652d77617463686572"), AtPeer);

        var answer = await _peer.ReceiveEnvelope();
        Assert.Equal((16, "RWHR"), (answer.SerializerId, answer.Manifest));
        var expected = new byte[1 + 10];
        var writer = new WireWriter(expected);
        writer.Varint(1, (ulong)handshake.Uid);
        Assert.Equal(expected[..writer.Written], answer.Message);
    }

    [Fact]
    public async Task When_both_dial_messages_go_out_on_the_own_connection_and_come_in_on_both()
    {
        _server.ActorSelection(_peer.Address + "/user/x").Tell("first");
        await _peer.Accept(); // the server's own dial waits for its answer
        await _peer.ReceiveControl(ControlCommand.Associate);
        using var second = new StockPeer(_peer.Uid, _peer.System) { };
        await second.Dial(_server);
        await second.SendRaw(ControlFrames.Associate(new Handshake(_peer.System, "127.0.0.1", _peer.Port, "tcp", _peer.Uid)));
        await second.ReceiveControl(ControlCommand.Associate);

        await _peer.SendAssociate();
        Assert.Equal(6, (await _peer.ReceiveEnvelope()).SerializerId);
        await second.SendString(Echo, "on the other", AtPeer);

        Assert.Equal("on the other", (await _peer.ReceiveEnvelope()).Text);
    }

    [Fact]
    public async Task The_same_uid_dialling_again_is_served_on_the_new_connection()
    {
        await _peer.Associate(_server);
        using var again = new StockPeer(_peer.Uid, _peer.System);
        await again.Dial(_server);
        await again.SendRaw(ControlFrames.Associate(new Handshake(_peer.System, "127.0.0.1", _peer.Port, "tcp", _peer.Uid)));
        await again.ReceiveControl(ControlCommand.Associate);

        await again.SendString(Echo, "hi", AtPeer);

        Assert.Equal("hi", (await again.ReceiveEnvelope()).Text);
        await _peer.ReceiveControl(ControlCommand.Disassociate);
    }

    [Fact]
    public async Task A_system_that_ends_says_so()
    {
        await _peer.Associate(_server);

        _ = _server.Terminate();

        await _peer.ReceiveControl(ControlCommand.DisassociateShuttingDown);
        await _peer.ReceiveEnd();
    }

    [Fact]
    public async Task Heartbeats_go_out_on_an_idle_connection()
    {
        var quick = _systems.Start("Quick", "akka.remote.transport-failure-detector.heartbeat-interval = 50ms");
        await _peer.Associate(quick);

        await _peer.ReceiveControl(ControlCommand.Heartbeat);
        await _peer.ReceiveControl(ControlCommand.Heartbeat);
    }

    /// <summary>Lets an actor of the server watch one of the peer; returns the watch as it came.</summary>
    private async Task<ReceivedEnvelope> WatchOnPeer()
    {
        var watchee = ((ExtendedActorSystem)_server).Provider.ResolveActorRef(_peer.Address + "/user/x#5");
        _server.ActorOf(Props.Create(() => new WatchingActor(watchee, new TaskCompletionSource<Terminated>())));
        await _peer.AcceptAssociation();
        var watch = await _peer.ReceiveEnvelope(e => e.SerializerId == 22);
        Assert.Equal(("Akka.Dispatch.SysMsg.Watch, Akka", 0L, _peer.Address + "/user/x#5", ""), (watch.Manifest, watch.Seq, watch.Recipient, watch.Sender));
        return watch;
    }

    private async Task AnswerHeartbeat()
    {
        var heartbeat = await _peer.ReceiveEnvelope(e => e.SerializerId == 6);
        var uid = new byte[11];
        var writer = new WireWriter(uid);
        writer.Varint(1, (ulong)_peer.Uid);
        await _peer.SendEnvelope(heartbeat.Sender, 16, "RWHR", uid[..writer.Written], _peer.Address + "/system/remote-watcher#7");
    }
}
