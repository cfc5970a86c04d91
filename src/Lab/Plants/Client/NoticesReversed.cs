using Actors.Client.FileSystem;
using Actors.Messages.Tree;

namespace Actors.Lab.Plants;

/// <summary>What was completed last seems to have been completed first.</summary>
internal sealed class NoticesReversed : Plant
{
    public override IFileSystem Files(IFileSystem files) => new Backwards(files);

    private sealed class Backwards(IFileSystem inner) : ForwardingFileSystem(inner)
    {
        public override IWatchSource Watch(Action signal) => new Source(base.Watch(signal));
    }

    private sealed class Source(IWatchSource inner) : IWatchSource
    {
        public WatchOutcome Add(RelativePath directory) => inner.Add(directory);

        public WatchHarvest Harvest()
        {
            var harvest = inner.Harvest();
            return harvest with { Changes = [.. harvest.Changes.Reverse()] };
        }

        public void Dispose() => inner.Dispose();
    }
}
