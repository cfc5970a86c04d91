using Actors.Client.Files;
using Actors.Replication.Tree;

namespace Actors.Lab.Plants;

/// <summary>A file counts as read although it changed while it was read, or was open for writing.</summary>
internal sealed class TornReads : Plant
{
    public override IFileSystem Files(IFileSystem files) => new Hasty(files);

    private sealed class Hasty(IFileSystem inner) : ForwardingFileSystem(inner)
    {
        protected override IFileHandle Opened(IFileHandle file, RelativePath path) => path.IsReserved ? file : new HastyFile(file);
    }

    private sealed class HastyFile(IFileHandle inner) : ForwardingFileHandle(inner)
    {
        private FileStat? _first;

        public override FileStat Stat() => _first ??= base.Stat();

        public override bool HasWriters() => false;
    }
}
