using Actors.NodeShell;
using Actors.Server.Storage;

namespace Actors.Server.Registry;

/// <summary>What the registry is given by its process.</summary>
internal sealed record RegistrySettings(IShareStore Store, IEntropy Entropy, INodeJournal Journal)
{
    /// <summary>For actors that wait for a disk: one thread each.</summary>
    public const string PinnedDispatcher = "actors.server.store-dispatcher";

    public RegistryLimits Limits { get; init; } = new();

    /// <summary>An answer that is missing for six times this long is lost: longer than a slow disk takes for a transaction.</summary>
    public TimeSpan BatchWatchEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Content that no commit names is kept for so long: the client may come back and finish its upload.</summary>
    public TimeSpan KeepUploads { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How often uploads are looked at; more often while one is under way.</summary>
    public TimeSpan LookAtUploadsEvery { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Where clients' own stories go; null: there is no console.</summary>
    public StoryBoard? Board { get; init; }

    /// <summary>What `status` tells of the process: where it listens, where its data is.</summary>
    public required string ListenAddress { get; init; }

    public required string DataDirectory { get; init; }
}

/// <summary>What the registry holds at most. At each limit only the newcomer is turned away, for now.</summary>
internal sealed record RegistryLimits
{
    /// <summary>Clients that are admitted at the same time; policy: Join is refused as busy.</summary>
    public int ClientsMax { get; init; } = 1_000;

    /// <summary>Joins that wait for the ledger; policy: refused as busy.</summary>
    public int JoinsWaitingMax { get; init; } = 1_000;

    /// <summary>Bytes of pushes that wait for the ledger or for their content, of all clients; policy: refused as unavailable, undecided.</summary>
    public long PushBytesWaitingMax { get; init; } = 64 << 20;

    /// <summary>Joins and pushes in one transaction; the next ones wait.</summary>
    public int BatchCommandsMax { get; init; } = 256;

    /// <summary>Bytes of pushes in one transaction, unless a single one has more.</summary>
    public long BatchBytesMax { get; init; } = 4 << 20;
}
