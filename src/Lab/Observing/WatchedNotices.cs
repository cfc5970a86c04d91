using Actors.Client.FileSystem;
using Actors.Messages.Tree;

namespace Actors.Lab.Observing;

/// <summary>Notices of a replica's file system, of which it is told when a node learns that some were lost.</summary>
internal sealed class WatchedNotices(IWatchSource source, Action lost) : IWatchSource
{
    public WatchOutcome Add(RelativePath directory) => source.Add(directory);

    public WatchHarvest Harvest()
    {
        var harvest = source.Harvest();
        if (harvest.Overflowed)
            lost();
        return harvest;
    }

    public void Dispose() => source.Dispose();
}
