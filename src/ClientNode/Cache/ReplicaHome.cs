using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Client.Watcher;
using Actors.NodeShell;

namespace Actors.Client.Cache;

/// <summary>Everything outside the actors that a replica's actors work with.</summary>
public sealed record ReplicaHome
{
    public required IFileSystem Files { get; init; }

    public required FileSystemTraits Traits { get; init; }

    /// <summary>Opens the replica's state; the actor that opens it closes it.</summary>
    public required Func<IReplicaStore> OpenStore { get; init; }

    /// <summary>Says which machine this is.</summary>
    public required string Machine { get; init; }

    public required IEntropy Entropy { get; init; }

    public required INodeJournal Journal { get; init; }

    public required ReplicaOptions Replica { get; init; }

    /// <summary>Bytes of the disk that content leaves alone: a replica whose state cannot be written stands still.</summary>
    public long DiskReserveBytes { get; init; } = 4 << 20;

    public ObserverOptions Observer { get; init; } = new();

    /// <summary>How often everything is scanned where not every change is told.</summary>
    public TimeSpan RescanEvery { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>Settings of a <see cref="Replica"/>.</summary>
public sealed record ReplicaOptions
{
    public required string Share { get; init; }

    /// <summary>No further deletion for so long, and the ones seen are believed.</summary>
    public TimeSpan DeletionQuiet { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Deletions that go on are believed after so long.</summary>
    public TimeSpan DeletionLongest { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A name that is new is proposed if it is there for so long.</summary>
    public TimeSpan NewNameQuiet { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>What is held is looked at again after so long; doubled each time up to <see cref="HeldRetryMax"/>.</summary>
    public TimeSpan HeldRetry { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan HeldRetryMax { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A change that is not ready delays those that were completed after it by so long at most.</summary>
    public TimeSpan OrderPatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A push without an outcome is sent again after so long; doubled each time up to <see cref="PushRetryMax"/>.</summary>
    public TimeSpan PushRetry { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan PushRetryMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The same, where the server is fetching its content.</summary>
    public TimeSpan UploadRetry { get; init; } = TimeSpan.FromSeconds(30);
}
