namespace Actors.Tests.Remote;

/// <summary>A peer that waited for the port dials the moment it opens: after a restart, all of them do.</summary>
public sealed class EarlyPeerTests
{
    private const string Config = """
        akka.actor.provider = remote
        akka.loggers = []
        akka.stdout-loglevel = OFF
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 2346 }
        """;

    [Fact]
    public void A_peer_that_dials_before_the_system_has_its_name_is_answered_with_it()
    {
        var transport = new EarlyTransport();
        using var system = ActorSystem.Create("Server", ConfigurationFactory.ParseString(Config), new RuntimeEnvironment { Transport = _ => transport });
        Assert.True(transport.Connection.Answered.Wait(TimeSpan.FromSeconds(10)));
        Assert.Equal(RemoteSystems.RemotingOf(system).AssociateFrame, transport.Connection.FirstWritten);
        Assert.NotEmpty(transport.Connection.FirstWritten!);
    }

    private sealed class EarlyTransport : ITransport
    {
        private Thread? _peer;

        public EarlyConnection Connection { get; } = new();

        public ListenAddress Listen(string hostname, int port, ITransportListener listener)
        {
            _peer = new Thread(() => listener.OnAccepted(Connection));
            _peer.Start();
            // Time enough for the peer to be answered, if it is answered this early.
            _peer.Join(TimeSpan.FromMilliseconds(500));
            return new ListenAddress(hostname, port);
        }

        public IDisposable Connect(string hostname, int port, Action<IConnection> connected, Action<string> failed) => throw new NotSupportedException();

        public void Dispose() => _peer?.Join();
    }

    private sealed class EarlyConnection : IConnection
    {
        private static readonly byte[] Greeting = ControlFrames.Associate(new Handshake("Client", "127.0.0.1", 2, "tcp", 7));

        private IConnectionHandler? _handler;

        public ManualResetEventSlim Answered { get; } = new();

        public byte[]? FirstWritten { get; private set; }

        public string Peer => "127.0.0.1:2";

        public void Open(IConnectionHandler handler)
        {
            _handler = handler;
            Greeting.CopyTo(handler.GetReceiveBuffer());
            handler.OnReceived(Greeting.Length);
            // Without a name there is nothing to write, and nothing is written.
            if (FirstWritten is null)
                SpinWait.SpinUntil(() => FirstWritten is not null, TimeSpan.FromSeconds(5));
            Answered.Set();
        }

        public WriteResult Write(ReadOnlyMemory<byte> bytes)
        {
            FirstWritten ??= bytes.ToArray();
            return WriteResult.Done;
        }

        public void CloseSending() => Abort();

        public void Abort() => _handler?.OnClosed(null);
    }
}
