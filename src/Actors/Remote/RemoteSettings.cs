using Actors.Configuration;

namespace Actors.Remote;

/// <summary>What remoting reads from the configuration, once at the start. All limits are in bytes unless they say otherwise.</summary>
internal sealed record RemoteSettings
{
    private const string Tcp = "akka.remote.dot-netty.tcp.";
    private const string Own = "actors.remote.";

    /// <summary>The receiver of a stock node counts so many bytes more than its sender checks; a frame in between would end the association.</summary>
    private const int StockReceiverSurplusBytes = 8;

    public RemoteSettings(Config config)
    {
        Hostname = config.GetString(Tcp + "hostname", "");
        Port = PortOf(config, "port");
        PublicHostname = config.GetString(Tcp + "public-hostname", "");
        PublicPort = PortOf(config, "public-port");
        FrameBytesMax = Size(config, Tcp + "maximum-frame-size", least: 32_000);
        SentFrameBytesMax = FrameBytesMax - StockReceiverSurplusBytes;
        Timings = new AssociationTimings
        {
            ConnectTimeout = config.GetTimeSpan(Tcp + "connection-timeout"),
            HandshakeTimeout = config.GetTimeSpan("akka.remote.handshake-timeout"),
            RetryGateClosedFor = config.GetTimeSpan("akka.remote.retry-gate-closed-for"),
            HeartbeatInterval = config.GetTimeSpan("akka.remote.transport-failure-detector.heartbeat-interval"),
            AcceptableHeartbeatPause = config.GetTimeSpan("akka.remote.transport-failure-detector.acceptable-heartbeat-pause"),
            QuarantineRemembered = config.GetTimeSpan("akka.remote.prune-quarantine-marker-after"),
            UsePassiveConnections = config.GetBoolean("akka.remote.use-passive-connections"),
        };
        WatchDetector = WatchDetectorOf(config, "akka.remote.watch-failure-detector.");
        FlushWait = config.GetTimeSpan("akka.remote.flush-wait-on-shutdown");
        UntrustedMode = config.GetBoolean("akka.remote.untrusted-mode");
        TrustedSelectionPaths = config.GetStringList("akka.remote.trusted-selection-paths").ToHashSet();
        ResendInterval = config.GetTimeSpan("akka.remote.resend-interval");
        SystemMessageDeliveryTimeout = config.GetTimeSpan("akka.remote.initial-system-message-delivery-timeout");
        ResendLimit = config.GetInt("akka.remote.resend-limit");
        SystemMessageBufferSize = config.GetInt("akka.remote.system-message-buffer-size");
        AcknowledgeAfter = config.GetTimeSpan("akka.remote.system-message-ack-piggyback-timeout");
        LifecycleEventsLogLevel = config.GetString("akka.remote.log-remote-lifecycle-events");
        LaneBytesMax = config.GetByteSize(Own + "outbound-lane-size") ?? 0;
        BulkRecipients = new BulkRecipients(config.GetStringList(Own + "bulk-recipients"));
        HandshakesMax = config.GetInt(Own + "max-unfinished-handshakes");
        AssociationsMax = config.GetInt(Own + "max-associations");
        CloseTimeout = config.GetTimeSpan(Own + "close-timeout");
        MessageAssemblies = [.. config.GetStringList(Own + "message-assemblies")];
        Sockets = new TcpSettings(config.GetInt(Own + "tcp.backlog"), Size(config, Own + "tcp.send-buffer-size"), Size(config, Own + "tcp.receive-buffer-size"), config.GetInt(Own + "tcp.threads"));
        Tls = config.GetBoolean(Tcp + "enable-ssl") ? TlsOf(config) : null;
    }

    /// <summary>Where to listen; empty for every interface.</summary>
    public string Hostname { get; }

    /// <summary>The port to listen on; 0 for any free one.</summary>
    public int Port { get; }

    /// <summary>How others name this host, if not by <see cref="Hostname"/>.</summary>
    public string PublicHostname { get; }

    /// <summary>By which port others reach it; 0 for the one listened on.</summary>
    public int PublicPort { get; }

    /// <summary>The longest frame that is received.</summary>
    public int FrameBytesMax { get; }

    /// <summary>The longest frame that is sent.</summary>
    public int SentFrameBytesMax { get; }

    public AssociationTimings Timings { get; }

    public WatchDetectorSettings WatchDetector { get; }

    /// <summary>How long a shutdown waits for what is queued and for peers to close.</summary>
    public TimeSpan FlushWait { get; }

    public bool UntrustedMode { get; }

    public IReadOnlySet<string> TrustedSelectionPaths { get; }

    public TimeSpan ResendInterval { get; }

    /// <summary>How long a peer that cannot be reached is dialled because system messages wait for it.</summary>
    public TimeSpan SystemMessageDeliveryTimeout { get; }

    /// <summary>How many unacknowledged system messages are sent again at a time.</summary>
    public int ResendLimit { get; }

    public int SystemMessageBufferSize { get; }

    /// <summary>How long an acknowledgement waits for a message to ride on.</summary>
    public TimeSpan AcknowledgeAfter { get; }

    public string LifecycleEventsLogLevel { get; }

    /// <summary>What may wait in each of an association's two lanes.</summary>
    public long LaneBytesMax { get; }

    public BulkRecipients BulkRecipients { get; }

    /// <summary>How many accepted connections may be without a handshake; one more ends the oldest.</summary>
    public int HandshakesMax { get; }

    /// <summary>How many addresses are remembered; one more is refused unless one can be forgotten.</summary>
    public int AssociationsMax { get; }

    /// <summary>How long a peer may take to close a connection that this side has closed.</summary>
    public TimeSpan CloseTimeout { get; }

    /// <summary>The assemblies whose messages are understood; empty for all that the program refers to.</summary>
    public IReadOnlyCollection<string> MessageAssemblies { get; }

    public TcpSettings Sockets { get; }

    public TlsSettings? Tls { get; }

    private static WatchDetectorSettings WatchDetectorOf(Config config, string path) => new()
    {
        HeartbeatInterval = config.GetTimeSpan(path + "heartbeat-interval"),
        Threshold = config.GetDouble(path + "threshold"),
        AcceptablePause = config.GetTimeSpan(path + "acceptable-heartbeat-pause"),
        SampleSizeMax = config.GetInt(path + "max-sample-size"),
        StdDeviationMin = config.GetTimeSpan(path + "min-std-deviation"),
        ReaperInterval = config.GetTimeSpan(path + "unreachable-nodes-reaper-interval"),
        ExpectedResponseAfter = config.GetTimeSpan(path + "expected-response-after"),
    };

    private static TlsSettings TlsOf(Config config) => TlsSettings.Load(
        config.GetString(Tcp + "ssl.certificate.path", ""),
        config.GetString(Tcp + "ssl.certificate.password", ""),
        config.GetBoolean(Tcp + "ssl.suppress-validation"),
        config.GetBoolean(Own + "tls.require-client-certificate"),
        config.GetString(Own + "tls.trusted-roots", ""));

    private static int PortOf(Config config, string key)
    {
        var port = config.GetInt(Tcp + key);
        return port is >= 0 and <= ushort.MaxValue
            ? port
            : throw new ConfigurationException($"{Tcp}{key} is {port}; a port is a number from 0 to {ushort.MaxValue}");
    }

    private static int Size(Config config, string path, int least = 0)
    {
        var size = config.GetByteSize(path) ?? 0;
        return size >= least && size <= Array.MaxLength / 2
            ? (int)size
            : throw new ConfigurationException($"{path} is {size}; it has to be between {least} and {Array.MaxLength / 2} bytes");
    }
}
