using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Actors.Tests.Remote;

/// <summary>What strangers may do to a node's port without doing anything to the node.</summary>
public sealed class HostilePeerTests : IDisposable
{
    private static readonly TimeSpan Limit = RemoteSystems.Limit;
    private readonly RemoteSystems _systems = new();
    private readonly ActorSystem _server;

    public HostilePeerTests()
    {
        _server = _systems.Start("Server");
        _server.ActorOf(Props.Create<EchoActor>(), "echo");
    }

    public void Dispose() => _systems.Dispose();

    private Remoting Remoting => RemoteSystems.RemotingOf(_server);

    private string Echo => RemoteSystems.PathOf(_server, "/user/echo");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(128_000)]
    [InlineData(128_001)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    [InlineData(-1)]
    public async Task A_first_frame_of_any_length_that_is_no_handshake_ends_only_its_own_connection(int length)
    {
        using var peer = new StockPeer();
        await peer.Dial(_server);
        var bytes = new byte[4 + 2048];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);

        await peer.SendRaw(bytes);
        await peer.ReceiveEnd();

        Assert.True(Remoting.Rejections.Total >= 1);
        await AssertServes();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(128_001)]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    public async Task After_the_handshake_an_impossible_length_ends_the_connection(int length)
    {
        using var peer = new StockPeer();
        await peer.Associate(_server);
        var header = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(header, length);

        await peer.SendRaw(header);
        await peer.ReceiveEnd();

        Assert.Equal(1, Remoting.Rejections[length == 0 ? Rejection.MalformedFrame : Rejection.FrameTooLong]);
        await AssertServes();
    }

    [Fact]
    public async Task A_message_of_just_the_frame_limit_is_taken()
    {
        using var peer = new StockPeer();
        await peer.Associate(_server);
        var small = new EnvelopeFrame(System.Text.Encoding.UTF8.GetBytes(Echo), System.Text.Encoding.UTF8.GetBytes(peer.Address + "/temp/a"), new OutboundPayload(4, [], 100_000, new byte[100_000]), -1, null);
        var body = new byte[100_000 + (128_000 - small.BodySize)];

        await peer.SendEnvelope(Echo, 4, "", body, peer.Address + "/temp/a");
        await peer.SendString(Echo, "next", peer.Address + "/temp/b");

        Assert.Equal("next", (await peer.ReceiveEnvelope(e => e.SerializerId == 17)).Text);
        Assert.Equal(1, Remoting.Rejections[Rejection.OutboundFrameTooLong]); // the echo of it is too long by 8 bytes
    }

    [Fact]
    public async Task A_payload_that_names_a_net_type_is_counted_dropped_and_instantiates_nothing()
    {
        using var peer = new StockPeer();
        await peer.Associate(_server);

        await peer.SendEnvelope(Echo, 1, "System.IO.FileInfo, System.Private.CoreLib", "{\"$type\":\"System.IO.FileInfo\",\"fileName\":\"x\"}"u8.ToArray());
        await peer.SendEnvelope(Echo, 2, "System.Diagnostics.Process, System.Diagnostics.Process", [1, 2, 3]);
        await peer.SendEnvelope(Echo, 22, "Akka.Dispatch.SysMsg.Suspend, Akka", [], seq: 0);
        await peer.SendEnvelope(Echo, 999, "", []);
        await peer.SendEnvelope(Echo, 0, "", []);
        await peer.SendString(Echo, "alive", peer.Address + "/temp/a");

        Assert.Equal("alive", (await peer.ReceiveEnvelope()).Text);
        Assert.Equal(2, Remoting.Rejections[Rejection.UnknownSerializer]);
        Assert.Equal(2, Remoting.Rejections[Rejection.UnknownManifest]);
        Assert.Equal(1, Remoting.Rejections[Rejection.NullMessage]);
    }

    [Theory]
    [InlineData("akka.tcp://Server@127.0.0.1:1/user/echo")]
    [InlineData("akka.tcp://Other@127.0.0.1:2552/user/echo")]
    [InlineData("nonsense")]
    public async Task A_message_for_another_address_is_dropped(string recipient)
    {
        using var peer = new StockPeer();
        await peer.Associate(_server);

        await peer.SendString(recipient, "lost", peer.Address + "/temp/a");
        await peer.SendString(Echo, "alive", peer.Address + "/temp/a");

        Assert.Equal("alive", (await peer.ReceiveEnvelope()).Text);
        Assert.Equal(1, Remoting.Rejections[Rejection.NotForThisSystem]);
    }

    [Fact]
    public async Task Endlessly_deep_paths_are_refused()
    {
        using var peer = new StockPeer();
        await peer.Associate(_server);
        var deep = string.Concat(Enumerable.Repeat("/a", 50_000));

        await peer.SendString(RemoteSystems.AddressOf(_server) + deep, "lost");
        await peer.SendString(Echo, "senderless", peer.Address + deep);
        await peer.SendString(Echo, "alive", peer.Address + "/temp/a");

        Assert.Equal("alive", (await peer.ReceiveEnvelope()).Text);
    }

    [Fact]
    public async Task Garbage_after_the_handshake_never_hurts_another_peer()
    {
        const int seed = 11;
        var draw = new Draw(seed);
        for (var i = 0; i < 100; i++)
        {
            using var peer = new StockPeer(uid: 100 + i, system: $"Garbage{i}");
            await peer.Associate(_server);
            var body = CapturedFrame.All[draw.Next(CapturedFrame.All.Count)].Bytes.ToArray();
            for (var changes = draw.Next(1, 30); changes > 0; changes--)
                body[draw.Next(body.Length)] = (byte)draw.Next(256);
            await peer.SendFrame(body);
        }
        await AssertServes();
    }

    [Fact]
    public async Task A_thousand_silent_connections_do_not_keep_a_good_peer_out()
    {
        var silent = new List<Socket>();
        try
        {
            for (var i = 0; i < 1000; i++)
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                silent.Add(socket);
                await socket.ConnectAsync(IPAddress.Loopback, RemoteSystems.AddressOf(_server).Port!.Value).WaitAsync(Limit);
            }
            await AssertServes();
            Assert.True(Remoting.Handshakes.Count <= Remoting.Settings.HandshakesMax);
            Assert.True(Remoting.Rejections[Rejection.TooManyHandshakes] > 0);
        }
        finally
        {
            silent.ForEach(s => s.Dispose());
        }
    }

    [Fact]
    public async Task A_connection_that_never_introduces_itself_is_closed_after_the_handshake_timeout()
    {
        var strict = _systems.Start("Strict", "akka.remote.handshake-timeout = 200ms");
        using var peer = new StockPeer();
        await peer.Dial(strict);
        await peer.SendRaw([43, 0]);

        await peer.ReceiveEnd();

        Assert.Equal(1, RemoteSystems.RemotingOf(strict).Rejections[Rejection.HandshakeTimedOut]);
    }

    [Fact]
    public async Task A_peer_that_claims_this_systems_own_address_is_refused()
    {
        using var peer = new StockPeer();
        await peer.Dial(_server);

        await peer.SendRaw(ControlFrames.Associate(new Handshake("Server", "127.0.0.1", RemoteSystems.AddressOf(_server).Port!.Value, "tcp", 1)));
        await peer.ReceiveEnd();

        Assert.Equal(1, Remoting.Rejections[Rejection.RefusedHandshake]);
    }

    [Fact]
    public async Task More_addresses_than_the_limit_are_refused_until_others_can_be_forgotten()
    {
        var small = _systems.Start("Small", "actors.remote.max-associations = 2\nakka.remote.retry-gate-closed-for = 1ms");
        using var first = new StockPeer(system: "First");
        using var second = new StockPeer(system: "Second");
        await first.Associate(small);
        await second.Associate(small);
        using var third = new StockPeer(system: "Third");
        await third.Dial(small);
        await third.SendAssociate();
        await third.ReceiveEnd();
        Assert.Equal(1, RemoteSystems.RemotingOf(small).Rejections[Rejection.TooManyAssociations]);

        var gone = small.Hear<DisassociatedEvent>();
        first.Close();
        await gone.WaitAsync(Limit);
        using var fourth = new StockPeer(system: "Fourth");
        await AssociateEventually(fourth, small);
    }

    private async Task AssertServes()
    {
        using var peer = new StockPeer(uid: 99, system: "Good");
        await peer.Associate(_server);
        await peer.SendString(Echo, "served", peer.Address + "/temp/a");
        Assert.Equal("served", (await peer.ReceiveEnvelope()).Text);
    }

    private static async Task AssociateEventually(StockPeer peer, ActorSystem system)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            await peer.Dial(system);
            await peer.SendAssociate();
            if (await peer.Receive() != null)
                return;
        }
        Assert.Fail("Nothing was forgotten");
    }
}
