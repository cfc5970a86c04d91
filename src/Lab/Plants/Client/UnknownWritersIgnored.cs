using Actors.Client.FileSystem;
using Actors.Messages.Tree;

namespace Actors.Lab.Plants;

/// <summary>A file of another user, whose writers cannot be seen, is taken for one without writers.</summary>
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
