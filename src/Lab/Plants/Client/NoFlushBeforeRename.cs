using Actors.Client.FileSystem;
using Actors.Messages.Tree;

namespace Actors.Lab.Plants;

/// <summary>New content gets its name before its bytes are durable.</summary>
internal sealed class NoFlushBeforeRename : Plant
{
    public override IFileSystem Files(IFileSystem files) => new Unflushed(files);

    private sealed class Unflushed(IFileSystem inner) : ForwardingFileSystem(inner)
    {
        public override void FlushAll()
        {
        }

        protected override IFileHandle Opened(IFileHandle file, RelativePath path) => new UnflushedFile(file);
    }

    private sealed class UnflushedFile(IFileHandle inner) : ForwardingFileHandle(inner)
    {
        public override void Flush()
        {
        }
    }
}
