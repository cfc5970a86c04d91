using Actors.Client.FileSystem;
using Actors.Messages.Tree;

namespace Actors.Lab.Plants;

/// <summary>The state says that an update is there before its name is durable.</summary>
internal sealed class NamesNotFlushed : Plant
{
    public override IFileSystem Files(IFileSystem files) => new Unflushed(files);

    private sealed class Unflushed(IFileSystem inner) : ForwardingFileSystem(inner)
    {
        public override bool FlushDirectory(RelativePath directory) => true;
    }
}
