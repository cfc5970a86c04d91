using Actors.Messages;
using Akka.Actor;
using Google.Protobuf;

namespace StockPeer;

/// <summary>Cache, watcher and transfer in one: goes through its steps, each when the one before is answered.</summary>
internal sealed class PeerActor : ReceiveActor, IWithTimers
{
    // What was sent has arrived and had its effect by then, if it has any.
    private static readonly TimeSpan UntilTaken = TimeSpan.FromSeconds(3);

    private readonly Address _server;
    private readonly ActorSelection _registry;
    private readonly List<string> _said = [];
    private IActorRef _asker = ActorRefs.Nobody;
    private IActorRef _session = ActorRefs.Nobody;
    private Welcome _terms = new();
    private bool _hasTried;

    public ITimerScheduler Timers { get; set; } = null!;

    public PeerActor(Address server)
    {
        _server = server;
        _registry = Context.ActorSelection(new RootActorPath(server) / "user" / "registry");
        Receive<Go>(_ => OnGo());
        Receive<Welcome>(OnWelcome);
        Receive<Updates>(OnUpdates);
        Receive<ActorIdentity>(OnIdentity);
        Receive<PullAgain>(_ => Pull(2));
        Receive<Terminated>(ended => _said.Add($"ended: {ended.ActorRef.Path.Name}"));
        ReceiveAny(_ => { });
    }

    private void OnGo()
    {
        _asker = Sender;
        var own = Self.Path.ToSerializationFormatWithAddress(((ExtendedActorSystem)Context.System).Provider.DefaultAddress);
        _registry.Tell(new Join
        {
            Protocol = 1,
            Node = new NodeIdentity { Id = ByteString.CopyFromUtf8("a stock peer's.."), Incarnation = 1, Instance = 1 },
            Attempt = 1,
            Share = "default",
            WishedName = "Stock",
            Cache = own,
            Watcher = own,
            Transfer = own,
        });
    }

    private void OnWelcome(Welcome welcome)
    {
        (_terms, _session) = (welcome, Sender);
        _said.Add($"joined as {welcome.Name}");
        Context.Watch(_session);
        Pull(1);
    }

    private void Pull(ulong request) =>
        _session.Tell(new SessionKey(_terms.Session, _terms.Secret).Seal(new Pull { Request = request, Epoch = _terms.Epoch }));

    private void OnUpdates(Updates page)
    {
        _said.Add($"pulled {page.Entries.Count} entries: {string.Join(", ", page.Entries.Select(entry => entry.Path.ToStringUtf8()))}");
        if (_hasTried)
            _asker.Tell((IReadOnlyList<string>)_said);
        else
            Try();
    }

    /// <summary>Everything that Akka.NET lets a peer send, and this server does not take.</summary>
    private void Try()
    {
        _hasTried = true;
        var committer = Context.ActorSelection(new RootActorPath(_server) / "user" / "registry" / "committer");
        foreach (var harm in (object[])[PoisonPill.Instance, Kill.Instance, "text", 1, new Status.Failure(new InvalidOperationException("made up")), new { Name = "any object" }])
        {
            _session.Tell(harm);
            _registry.Tell(harm);
            committer.Tell(harm);
        }
        committer.Tell(new Identify("committer"));
        Context.ActorSelection(new RootActorPath(_server) / "user" / "*").Tell(new Identify("everybody"));
        _registry.Tell(new Identify("registry"));
        Timers.StartSingleTimer(nameof(PullAgain), PullAgain.Instance, UntilTaken);
    }

    private void OnIdentity(ActorIdentity identity) => _said.Add($"identified: {identity.MessageId}");

    public sealed record Go
    {
        public static Go Instance { get; } = new();
    }

    private sealed record PullAgain
    {
        public static PullAgain Instance { get; } = new();
    }
}
