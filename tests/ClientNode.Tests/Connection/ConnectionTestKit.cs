using Actors.Client.Cache;
using Actors.Client.Connection;
using Actors.Client.FileSystem;
using Actors.Client.FileSystem.Linux;
using Actors.Client.Tests.Cache;
using Actors.Client.Tests.FileSystem;
using Actors.Messages;
using Actors.Messages.History;
using Actors.Messages.Tree;
using Actors.Messages.Wire;
using Actors.NodeShell;

namespace Actors.Client.Tests.Connection;

/// <summary>A client's actors on a real directory. The test is the server: it has its name, and its registry is a probe.</summary>
public abstract class ConnectionTestKit : TestKit, IDisposable
{
    private const string Config = """
        akka.loglevel = ERROR
        akka.stdout-loglevel = OFF
        akka.actor.provider = remote
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        """;

    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    protected static readonly EpochId Epoch = new(5);

    private readonly TestProbe _registry;
    private readonly TestProbe _host;
    private ulong _sessions;

    protected ConnectionTestKit()
        : base(ConfigurationFactory.ParseString(Config).WithFallback(NodeConfiguration.Remoting), "Server")
    {
        Files = new FaultyFileSystem(LinuxFileSystem.Open(Directory.Path));
        foreach (var path in (RelativePath[])[ReplicaLayout.Own, ReplicaLayout.Staging, ReplicaLayout.Displaced])
            Assert.Equal(FileFault.None, Files.MakeDirectory(path));
        _registry = CreateTestProbe();
        _host = CreateTestProbe();
        Session = CreateTestProbe();
        Transfer = CreateTestProbe();
        var registry = _registry.Ref;
        Sys.ActorOf(Props.Create(() => new ForwardingActor(registry)), "registry");
    }

    private protected FaultyFileSystem Files { get; }

    private protected MemoryReplicaStore Store { get; } = new();

    private protected RememberingJournal Journal { get; } = new();

    protected TempDirectory Directory { get; } = new();

    /// <summary>The session that the client is welcomed with.</summary>
    protected TestProbe Session { get; set; }

    protected TestProbe Transfer { get; }

    protected TimeSpan RestartAfter { get; set; } = TimeSpan.FromMilliseconds(100);

    protected TimeSpan SilenceMax { get; set; } = TimeSpan.FromMinutes(10);

    protected Action OpeningStore { get; set; } = () => { };

    protected TestProbe Registry => _registry;

    public new void Dispose()
    {
        base.Dispose();
        Shutdown();
        Files.Dispose();
        Directory.Dispose();
        GC.SuppressFinalize(this);
    }

    protected IActorRef Start()
    {
        var home = new ReplicaHome
        {
            Files = Files,
            Traits = Files.Probe(ReplicaLayout.Staging),
            OpenStore = () =>
            {
                OpeningStore();
                return Store;
            },
            Machine = "machine",
            Entropy = new SystemEntropy(),
            Journal = Journal,
            Replica = new ReplicaOptions { Share = "default" },
            RescanEvery = TimeSpan.FromSeconds(1),
        };
        var address = Provider.DefaultAddress;
        var settings = new ConnectionSettings
        {
            Server = new HostAddress(address.Host!, address.Port!.Value),
            Share = "default",
            Instance = 1,
            JoinTimeout = TimeSpan.FromMilliseconds(500),
            BackoffMax = TimeSpan.FromMilliseconds(200),
            SilenceMax = SilenceMax,
            RestartMin = RestartAfter,
            RestartMax = RestartAfter,
            DiskDispatcher = "akka.actor.default-dispatcher",
        };
        var host = new RememberingHost(_host.Ref);
        return Sys.ActorOf(Props.Create(() => new ConnectionActor(home, settings, host)), "replica");
    }

    protected Join ExpectJoin() => LastJoin = _registry.FishForMessage<Join>(_ => true, Patience);

    protected Join LastJoin { get; private set; } = new();

    protected NodeException ExpectEnd() => _host.ExpectMsg<RememberingHost.Ended>(Patience).Reason;

    protected void ExpectNewSystemWanted() => _host.ExpectMsg<RememberingHost.SystemWanted>(Patience);

    /// <summary>Lets the client in, and answers its first Pull: the share is empty.</summary>
    protected Welcome Welcome(IActorRef connection, Join join, bool answersPull = true)
    {
        var welcome = WelcomeTo(join);
        connection.Tell(welcome, Session.Ref);
        if (answersPull)
            Answer(join, 0);
        return welcome;
    }

    protected static Google.Protobuf.ByteString Secret { get; } = Google.Protobuf.ByteString.CopyFrom([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);

    protected Welcome WelcomeTo(Join join) => new()
    {
        Attempt = join.Attempt,
        Number = 1,
        Name = "Client 1",
        Session = ++_sessions,
        Secret = Secret,
        Epoch = Epoch.ToBytes(),
        Registry = PathOf(Sys.ActorOf(Props.Create(() => new ForwardingActor(_registry.Ref)))),
        Transfer = PathOf(Transfer.Ref),
    };

    protected Pull Answer(Join join, ulong head, TreeEntry? entry = null, byte[]? content = null)
    {
        var pull = Session.FishForMessage<Pull>(_ => true, Patience);
        var updates = new Updates
        {
            Session = pull.Session,
            Secret = pull.Secret,
            Request = pull.Request,
            Complete = true,
            Position = new SharePosition(Epoch, head, default).ToMessage(),
        };
        if (entry is not null)
            updates.Entries.Add(content is null ? entry.ToMessage() : entry.ToMessage(content));
        Resolve(join.Cache).Tell(updates, Session.Ref);
        return pull;
    }

    protected IActorRef Resolve(string path) => Provider.ResolveActorRef(path);

    protected string PathOf(IActorRef actor) => actor.Path.ToSerializationFormatWithAddress(Provider.DefaultAddress);

    private protected IActorRefProvider Provider => ((ExtendedActorSystem)Sys).Provider;

    private sealed class ForwardingActor : ReceiveActor
    {
        public ForwardingActor(IActorRef to) => ReceiveAny(message => to.Forward(message));
    }
}
