using System.Text;

namespace Actors.Tests.Remote;

/// <summary>The messages of a stock node, byte by byte, and how they come back from an actor that sends them back.</summary>
public sealed class StockMessagesTests : IDisposable
{
    private const string Neutral = "System.Exception, System.Private.CoreLib";

    private readonly RemoteSystems _systems = new();
    private readonly StockPeer _peer = new();
    private readonly ActorSystem _server;
    private readonly IActorRef _echo;

    public StockMessagesTests()
    {
        _server = _systems.Start("Server", "akka.remote { resend-interval = 300ms, resend-limit = 2 }");
        _echo = _server.ActorOf(Props.Create<EchoActor>(), "echo");
    }

    public void Dispose()
    {
        _peer.Dispose();
        _systems.Dispose();
    }

    private string Echo => _echo.Path.ToSerializationFormatWithAddress(RemoteSystems.AddressOf(_server));

    private string AtPeer => _peer.Address + "/temp/a";

    [Theory]
    [InlineData("S", "System.String", "c3a9")]
    [InlineData("System.String, mscorlib", "System.String", "")]
    [InlineData("I", "System.Int32", "feffffff")]
    [InlineData("System.Int32, System.Private.CoreLib", "System.Int32", "00000080")]
    [InlineData("L", "System.Int64", "ffffffffffffff7f")]
    [InlineData("System.Int64, mscorlib", "System.Int64", "0100000000000000")]
    public async Task Primitives_are_read_by_both_names_and_written_by_the_long_one(string manifest, string type, string hex)
    {
        var back = await Reflect(17, manifest, Convert.FromHexString(hex));
        Assert.Equal((17, type + ", System.Private.CoreLib", hex), (back.SerializerId, back.Manifest, Convert.ToHexStringLower(back.Message)));
    }

    [Theory]
    [InlineData("I", "00")]
    [InlineData("L", "00000000")]
    [InlineData("System.Int32X", "00000000")]
    [InlineData("B", "01")]
    public async Task Primitives_of_a_wrong_length_or_name_are_counted_and_dropped(string manifest, string hex)
    {
        await _peer.Associate(_server);
        await _peer.SendEnvelope(Echo, 17, manifest, Convert.FromHexString(hex), AtPeer);
        await _peer.SendString(Echo, "alive", AtPeer);

        Assert.Equal("alive", (await _peer.ReceiveEnvelope()).Text);
        Assert.Equal(1, RemoteSystems.RemotingOf(_server).Rejections.Total);
    }

    [Fact]
    public async Task Bytes_have_no_manifest()
    {
        var back = await Reflect(4, "", [0, 1, 255]);
        Assert.Equal((4, "", "0001ff"), (back.SerializerId, back.Manifest, Convert.ToHexStringLower(back.Message)));
    }

    [Fact]
    public async Task A_ref_is_its_path()
    {
        byte[] data = Field(1, _peer.Address + "/user/x#5");
        var back = await Reflect(16, "AR", data);
        Assert.Equal((16, "AR", Convert.ToHexString(data)), (back.SerializerId, back.Manifest, Convert.ToHexString(back.Message)));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("akka://local/ignore")]
    public async Task Refs_that_are_the_same_everywhere_keep_their_paths(string path)
    {
        byte[] data = Field(1, path);
        var back = await Reflect(16, "AR", data);
        Assert.Equal((16, "AR", Convert.ToHexString(data)), (back.SerializerId, back.Manifest, Convert.ToHexString(back.Message)));
    }

    [Fact]
    public async Task A_success_carries_its_status()
    {
        byte[] data = Field(1, Text("done"));
        var back = await Reflect(16, "STS", data);
        Assert.Equal((16, "STS", Convert.ToHexString(data)), (back.SerializerId, back.Manifest, Convert.ToHexString(back.Message)));
    }

    [Fact]
    public async Task A_failure_is_told_and_no_type_that_it_names_is_made()
    {
        byte[] inner = [.. Field(1, "System.IO.FileNotFoundException, System.Private.CoreLib"), .. Field(2, "inner"), .. Field(5, "")];
        byte[] cause = [.. Field(1, $"{typeof(TrapException).FullName}, {typeof(TrapException).Assembly.GetName().Name}"), .. Field(2, "boom"), .. Field(4, "there"), .. Field(5, inner), .. Field(6, [.. Field(1, "key"), .. Field(2, Text("custom"))]), .. Field(7, "Elsewhere")];

        var back = await Reflect(16, "STF", [.. Field(1, cause), .. Field(2, "")]);

        byte[] innerBack = [.. Field(1, Neutral), .. Field(2, "inner"), .. Field(5, "")];
        byte[] causeBack = [.. Field(1, Neutral), .. Field(2, "boom"), .. Field(5, innerBack)];
        byte[] expected = [.. Field(1, causeBack), .. Field(2, "")];
        Assert.Equal("STF", back.Manifest);
        Assert.Equal(Shown(expected), Shown(back.Message));
        Assert.Equal(0, TrapException.Made);
    }

    [Theory]
    [InlineData("/user/echo", true)]
    [InlineData("/user/nobody", false)]
    public async Task Identify_is_answered_with_the_path_or_without_one(string path, bool isThere)
    {
        await _peer.Associate(_server);

        await _peer.SendEnvelope(RemoteSystems.PathOf(_server, path), 16, "ID", Field(1, Text("who")), AtPeer);

        var answer = await _peer.ReceiveEnvelope();
        byte[] expected = [.. Field(1, Text("who")), .. isThere ? Field(2, Echo) : []];
        Assert.Equal("AID", answer.Manifest);
        Assert.Equal(Shown(expected), Shown(answer.Message));
    }

    [Fact]
    public async Task A_message_for_another_incarnation_is_a_dead_letter()
    {
        var dead = _server.Hear<DeadLetter>(letter => letter.Message is "late");
        await _peer.Associate(_server);

        await _peer.SendString(RemoteSystems.PathOf(_server, "/user/echo#1"), "late", AtPeer);
        await _peer.SendString(RemoteSystems.PathOf(_server, "/user/echo"), "whichever", AtPeer);

        Assert.Equal("whichever", (await _peer.ReceiveEnvelope()).Text);
        await dead.WaitAsync(RemoteSystems.Limit);
    }

    [Fact]
    public async Task No_more_system_messages_than_the_limit_are_sent_again_at_a_time()
    {
        var provider = ((ExtendedActorSystem)_server).Provider;
        for (int i = 0; i < 4; i++)
        {
            var watchee = provider.ResolveActorRef($"{_peer.Address}/user/x{i}#5");
            _server.ActorOf(Props.Create(() => new WatchingActor(watchee, new TaskCompletionSource<Terminated>())));
        }
        await _peer.AcceptAssociation();
        var numbers = new List<long>();
        while (numbers.Count < 8)
            numbers.Add((await _peer.ReceiveEnvelope(e => e.SerializerId == 22)).Seq);

        Assert.Equal([0, 1, 2, 3], numbers[..4].Distinct().Order());
        Assert.Equal([0, 1, 0, 1], numbers[4..]);
    }

    private async Task<ReceivedEnvelope> Reflect(int serializer, string manifest, byte[] message)
    {
        await _peer.Associate(_server);
        await _peer.SendEnvelope(Echo, serializer, manifest, message, AtPeer);
        return await _peer.ReceiveEnvelope();
    }

    /// <summary>A Payload with a string.</summary>
    private static byte[] Text(string text) => [.. Field(1, text), 0x10, 17, .. Field(3, "System.String, System.Private.CoreLib")];

    private static byte[] Field(int field, string text) => Field(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int field, byte[] value) => value.Length < 128
        ? [(byte)(field << 3 | 2), (byte)value.Length, .. value]
        : [(byte)(field << 3 | 2), (byte)(value.Length & 127 | 128), (byte)(value.Length >> 7), .. value];

    private static string Shown(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>An exception that counts how many of it were made.</summary>
    public sealed class TrapException : Exception
    {
        public TrapException() => Made++;

        public static int Made { get; private set; }
    }
}
