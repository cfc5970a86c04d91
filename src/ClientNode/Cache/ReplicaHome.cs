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
