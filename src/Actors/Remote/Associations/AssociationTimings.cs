namespace Actors.Remote;

/// <summary>How long an association waits for what.</summary>
internal sealed record AssociationTimings
{
    /// <summary>How long a TCP connection may take to open (<c>connection-timeout</c>).</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the peer may take to answer an ASSOCIATE (<c>handshake-timeout</c>).</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long nothing is sent after a connection was lost (<c>retry-gate-closed-for</c>).</summary>
    public TimeSpan RetryGateClosedFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a HEARTBEAT goes out on each connection.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How much longer than one interval a peer may be silent.</summary>
    public TimeSpan AcceptableHeartbeatPause { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long a quarantined uid is remembered (<c>prune-quarantine-marker-after</c>).</summary>
    public TimeSpan QuarantineRemembered { get; init; } = TimeSpan.FromDays(5);

    /// <summary>Whether an accepted connection is used for own sends (<c>use-passive-connections</c>).</summary>
    public bool UsePassiveConnections { get; init; } = true;
}
