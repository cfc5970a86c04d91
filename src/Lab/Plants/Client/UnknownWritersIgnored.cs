using Actors.Client.Files;
using Actors.Replication.Tree;

namespace Actors.Lab.Plants;

/// <summary>Where nothing tells who writes a file, no process seems to have it open for writing.</summary>
internal sealed class UnknownWritersIgnored : Plant
{
    public override IFileSystem Files(IFileSystem files) => new Trusting(files);

    private sealed class Trusting(IFileSystem inner) : ForwardingFileSystem(inner)
    {
        protected override IFileHandle Opened(IFileHandle file, RelativePath path) => new TrustedFile(file);
    }

    private sealed class TrustedFile(IFileHandle inner) : ForwardingFileHandle(inner)
    {
        public override WriterState Writers() => base.Writers() is var writers && writers == WriterState.Unknown ? WriterState.Closed : writers;
    }
}
