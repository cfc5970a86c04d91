using Actors.Client.FileSystem;
using Actors.Messages.Tree;

namespace Actors.Lab.Plants;

/// <summary>The state says that a displaced file is kept, or gone, before its name there is durable.</summary>
internal sealed class DisplacedNotFlushed : Plant
{
    public override IFileSystem Files(IFileSystem files) => new Unflushed(files);

    private sealed class Unflushed(IFileSystem inner) : ForwardingFileSystem(inner)
    {
        public override bool FlushDirectory(RelativePath directory) =>
            directory == ReplicaLayout.Displaced || base.FlushDirectory(directory);
    }
}
