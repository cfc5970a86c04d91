using Actors.Client.FileSystem;
using Actors.Messages.Tree;

namespace Actors.Lab.Plants;

/// <summary>Where the writers of another user's file cannot be told, nobody seems to write it.</summary>
internal sealed class UnknownWritersIgnored : Plant
{
    public override IFileSystem Files(IFileSystem files) => new Sure(files);

    private sealed class Sure(IFileSystem inner) : ForwardingFileSystem(inner)
    {
        protected override IFileHandle Opened(IFileHandle file, RelativePath path) => new SureFile(file);
    }

    private sealed class SureFile(IFileHandle inner) : ForwardingFileHandle(inner)
    {
        public override WriterState Writers() => base.Writers() is var writers && writers == WriterState.Unknown ? WriterState.Closed : writers;
    }
}
