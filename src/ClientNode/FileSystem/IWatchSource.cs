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
