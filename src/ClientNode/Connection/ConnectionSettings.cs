using Actors.NodeShell;

namespace Actors.Client.Connection;

/// <summary>Where a replica belongs.</summary>
public sealed record ConnectionSettings
{
    public required HostAddress Server { get; init; }

    public required string Share { get; init; }

    /// <summary>Empty: the server names the node.</summary>
    public string WishedName { get; init; } = "";

    /// <summary>Drawn by each process.</summary>
    public required ulong Instance { get; init; }

    /// <summary>How long the first Join is put off: longer where earlier tries of this node have failed for good.</summary>
    public TimeSpan FirstJoinAfter { get; init; }

    /// <summary>
    /// How long the first Join waits for its answer: one that came while the server was starting is lost. Doubled up to
    /// <see cref="JoinTimeout"/>: a server that is slow is not asked again before it could answer.
    /// </summary>
    public TimeSpan JoinTimeoutMin { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan JoinTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Between two tries, at first; doubled up to <see cref="BackoffMax"/>.</summary>
    public TimeSpan BackoffMin { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause after a session that the server has ended soon after it began, as those before it.</summary>
    public TimeSpan BackoffOfShortSessions { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// After so long without an answer, and without an event of remoting, the client makes a new actor system. Longer than a try
    /// to connect takes until remoting says that it has failed.
    /// </summary>
    public TimeSpan SilenceMax { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>Between two starts of actors that a failing disk has stopped, at first; doubled up to <see cref="RestartMax"/>.</summary>
    public TimeSpan RestartMin { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan RestartMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The dispatcher of the actors that wait for the disk: a thread each.</summary>
    public string DiskDispatcher { get; init; } = "actors.client.disk-dispatcher";
}

/// <summary>The process around a replica's actors. Callable from any thread.</summary>
public interface IReplicaHost
{
    /// <summary>This actor system cannot reach the server any more (a quarantine by either side, or silence): only a new one can join.</summary>
    void RecreateSystem();

    /// <summary>The node cannot go on by itself.</summary>
    void End(NodeException reason);
}
