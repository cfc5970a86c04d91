using System.Collections.Concurrent;
using Actors.Event;
using Actors.Runtime;

namespace Actors.Remote;

/// <summary>
/// Remoting of one actor system: its transport, its associations by address, and what they share. See
/// <see cref="AssociationState"/> for what is decided, <see cref="Association"/> for what is done.
/// </summary>
internal sealed partial class Remoting : RemoteTransport, ITransportListener
{
    private readonly ConcurrentDictionary<Address, Association> _associations = new();
    private readonly Lock _tableLock = new();
    private readonly Lock _nameLock = new();
    private readonly ActorSystemImpl _system;
    private readonly LogLevel _lifecycleLevel;
    private int _openLinks;
    private Action? _whenClosed;

    public Remoting(ActorSystemImpl system, RemoteActorRefProvider provider)
    {
        _system = system;
        Provider = provider;
        Settings = new RemoteSettings(system.Settings.Config);
        Host = new SystemRemotingHost(system);
        Log = Logging.GetLogger(system, "remoting");
        _lifecycleLevel = LevelOf(Settings.LifecycleEventsLogLevel);
        Rejections = new Rejections(Log, () => Host.Now);
        Handshakes = new PendingHandshakes(this);
        Trust = new Trust(Settings);
        Uid = AddressUidExtension.Uid(system);
        Codec = new MessageCodec(new ProtobufTypes(Remote.MessageAssemblies.Find(Settings.MessageAssemblies)), this);
        Transport = system.Environment.Transport?.Invoke(Settings) ?? new TcpTransport(Settings.Tls, Settings.Sockets);
        LocalAddress = new Address(Scheme, system.Name);
    }

    public RemoteActorRefProvider Provider { get; }

    public RemoteSettings Settings { get; }

    public IRemotingHost Host { get; }

    public ILoggingAdapter Log { get; }

    public Rejections Rejections { get; }

    public PendingHandshakes Handshakes { get; }

    public Trust Trust { get; }

    public MessageCodec Codec { get; }

    public ITransport Transport { get; }

    /// <summary>Which incarnation of its address this system is.</summary>
    public long Uid { get; }

    /// <summary>The address by which others reach this system.</summary>
    public Address LocalAddress { get; private set; }

    public override Address DefaultAddress => LocalAddress;

    public override ISet<Address> Addresses => new HashSet<Address> { LocalAddress };

    /// <summary>The whole ASSOCIATE frame by which this system introduces itself.</summary>
    public byte[] AssociateFrame { get; private set; } = [];

    public bool IsShuttingDown { get; private set; }

    /// <summary>The protocol as the handshake names it.</summary>
    private string Protocol => Settings.Tls == null ? "tcp" : "ssl.tcp";

    private string Scheme => "akka." + Protocol;

    /// <summary>Starts to listen.</summary>
    /// <exception cref="RemoteTransportException">The configured address cannot be listened on.</exception>
    public void Start()
    {
        lock (_nameLock)
        {
            var listening = Transport.Listen(Settings.Hostname, Settings.Port, this);
            var hostname = Settings.PublicHostname != "" ? Settings.PublicHostname : Settings.Hostname != "" ? Settings.Hostname : listening.Hostname;
            var port = Settings.PublicPort != 0 ? Settings.PublicPort : listening.Port;
            LocalAddress = new Address(Scheme, _system.Name, Bracketed(hostname), port);
            _localPrefix = System.Text.Encoding.UTF8.GetBytes(LocalAddress.ToString());
            AssociateFrame = ControlFrames.Associate(new Handshake(_system.Name, LocalAddress.Host!, port, Protocol, Uid));
        }
        Publish(new RemotingListenEvent([LocalAddress]));
    }

    /// <summary>The association with an address, made if need be; null if there can be none.</summary>
    public Association? AssociationWith(Address remote)
    {
        if (_associations.TryGetValue(remote, out var known) && !known.IsRetired)
            return known;
        if (!Speaks(remote) || string.IsNullOrEmpty(remote.Host) || remote.Port is null or 0)
            return null;
        lock (_tableLock)
        {
            if (_associations.TryGetValue(remote, out known) && !known.IsRetired)
                return known;
            if (_associations.Count >= Settings.AssociationsMax && !TryForgetSome())
            {
                Rejections.Count(Rejection.TooManyAssociations, $"Too many associations: {remote} is refused");
                return null;
            }
            return _associations[remote] = new Association(this, remote);
        }
    }

    /// <summary>A peer that dialled has said who it is.</summary>
    public void Introduce(Link link, Handshake handshake)
    {
        Handshakes.Remove(link);
        var address = AddressOf(handshake);
        if (handshake.Protocol != Protocol || address == LocalAddress)
        {
            Rejections.Count(Rejection.RefusedHandshake, $"{link.Peer} introduced itself as {address} by {handshake.Protocol}; it is refused");
            link.Abort();
            return;
        }
        // An association may be forgotten between being found and being used; then there is a new one.
        for (var association = AssociationWith(address); association != null; association = AssociationWith(address))
        {
            if (association.TryAccept(link, handshake.Uid))
                return;
        }
        link.Abort();
    }

    /// <summary>The address that a peer says it has.</summary>
    public Address AddressOf(Handshake handshake) => new(Scheme, handshake.System, Bracketed(handshake.Hostname), handshake.Port);

    public override void Quarantine(Address address, int? uid) => GiveUp(address, uid);

    public void GiveUp(Address address, long? uid) => AssociationWith(address)?.Quarantine(uid);

    public void OnAccepted(IConnection connection)
    {
        // A peer that waited for this port dials the moment it opens, before this system knows what it is called: answered
        // then, it would get no name and wait in vain.
        lock (_nameLock)
        {
        }
        if (IsShuttingDown)
        {
            connection.Abort();
            return;
        }
        var link = new Link(this, connection, association: null, id: 0);
        Handshakes.Add(link);
        link.Open();
    }

    public void OnAcceptFailed(string cause) => Rejections.Count(Rejection.AcceptFailed, $"A connection could not be accepted: {cause}");

    public void LinkOpened() => Interlocked.Increment(ref _openLinks);

    public void LinkClosed()
    {
        if (Interlocked.Decrement(ref _openLinks) == 0 && IsShuttingDown)
            Finish();
    }

    /// <summary>Flushes what is queued, tells the peers, closes; calls back when all is closed, at the latest after the flush wait.</summary>
    public void ShutDown(Action whenClosed)
    {
        _whenClosed = whenClosed;
        IsShuttingDown = true;
        Transport.Dispose();
        Handshakes.AbortAll();
        foreach (var association in AssociationsInOrder())
            association.ShutDown();
        if (Volatile.Read(ref _openLinks) == 0)
            Finish();
        else
            Host.Schedule(Settings.FlushWait, AbortAll);
    }

    /// <summary>Gives a message to dead letters, as whoever sent it meant it.</summary>
    public void DeadLetter(in OutboundEnvelope envelope)
    {
        if (envelope.Recipient == null || envelope.Message is ISystemMessage)
            return;
        var message = envelope.Message is ActorSelectionMessage selection ? selection.Message : envelope.Message;
        var deadLetters = Provider.DeadLetters;
        deadLetters.Tell(new DeadLetter(message, envelope.Sender ?? deadLetters, envelope.Recipient), envelope.Sender);
    }

    private void AbortAll()
    {
        foreach (var association in AssociationsInOrder())
            association.AbortAll();
        Finish();
    }

    private void Finish()
    {
        if (Interlocked.Exchange(ref _whenClosed, null) is not { } whenClosed)
            return;
        Publish(new RemotingShutdownEvent());
        whenClosed();
    }

    private bool TryForgetSome()
    {
        foreach (var (address, association) in _associations)
        {
            if (association.TryRetire())
                _associations.TryRemove(address, out _);
        }
        return _associations.Count < Settings.AssociationsMax;
    }

    /// <summary>
    /// By address. The order of the table is that of hashes, which are others in each process: what follows from it would
    /// not be the same for the same seed.
    /// </summary>
    private IEnumerable<Association> AssociationsInOrder() =>
        _associations.OrderBy(entry => entry.Key.ToString(), StringComparer.Ordinal).Select(entry => entry.Value);

    private static string Bracketed(string hostname) => hostname.Contains(':') && hostname[0] != '[' ? $"[{hostname}]" : hostname;
}
