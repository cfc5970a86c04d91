using Actors.Client.FileSystem;
using Actors.Messages.Tree;

namespace Actors.Lab.Plants;

/// <summary>No file ever seems to be open for writing.</summary>
internal sealed class WritersIgnored : Plant
{
    public override IFileSystem Files(IFileSystem files) => new Blind(files);

    private sealed class Blind(IFileSystem inner) : ForwardingFileSystem(inner)
    {
        protected override IFileHandle Opened(IFileHandle file, RelativePath path) => path.IsReserved && !path.Parent.Equals(ReplicaLayout.Staging) ? file : new BlindFile(file);
    }

    private sealed class BlindFile(IFileHandle inner) : ForwardingFileHandle(inner)
    {
        public override WriterState Writers() => WriterState.Closed;
    }
}
