using Actors.Client.FileSystem;
using Actors.Messages.Tree;

namespace Actors.Lab.Plants;

/// <summary>That events were lost is not noticed.</summary>
internal sealed class OverflowIgnored : Plant
{
    public override IFileSystem Files(IFileSystem files) => new Deaf(files);

    private sealed class Deaf(IFileSystem inner) : ForwardingFileSystem(inner)
    {
        public override IWatchSource Watch(Action signal) => new Source(base.Watch(signal));
    }

    private sealed class Source(IWatchSource inner) : IWatchSource
    {
        public WatchOutcome Add(RelativePath directory) => inner.Add(directory);

        public WatchHarvest Harvest() => inner.Harvest() with { Overflowed = false };

        public void Dispose() => inner.Dispose();
    }
}
