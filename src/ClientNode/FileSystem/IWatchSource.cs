using Actors.Messages.Tree;

namespace Actors.Client.FileSystem;

/// <summary>
/// Gathers changes in watched directories until they are harvested: a path appears once, however often it changed, so
/// that a slow harvester costs no memory. Watches of directories that were removed or moved away end by themselves.
/// </summary>
public interface IWatchSource : IDisposable
{
    /// <summary>
    /// Watches the names in one directory, not those below. What happens after the call is seen; so a directory is
    /// listed after its watch is added.
    /// </summary>
    WatchOutcome Add(RelativePath directory);

    /// <summary>Takes what was gathered. The next change signals again.</summary>
    WatchHarvest Harvest();
}

public enum WatchOutcome
{
    Watched,
    /// <summary>There is no such directory any more.</summary>
    Gone,
    /// <summary>The system allows no more watches: changes below are found by scanning only.</summary>
    OutOfWatches,
}

/// <summary>Changes since the last harvest, in the order in which they were completed. After an overflow anything may have changed: only a scan can tell.</summary>
public sealed record WatchHarvest(IReadOnlyList<WatchedChange> Changes, bool Overflowed)
{
    public static WatchHarvest Empty { get; } = new([], false);
}

/// <summary>
/// Something happened to a path; what it is now must be read from the disk. <paramref name="Finished"/>: a writer closed it,
/// or it was put, moved or removed as a whole; else it was written by a process that may go on. <paramref name="Completed"/>: and its
/// content or its name may be new, not its attributes only.
/// </summary>
public readonly record struct WatchedChange(RelativePath Path, bool Finished, bool Completed);
