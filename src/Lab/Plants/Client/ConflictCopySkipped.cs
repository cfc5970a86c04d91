using Actors.Client.FileSystem;
using Actors.Messages.Tree;

namespace Actors.Lab.Plants;

/// <summary>Content that lost against another edit gets no name of its own, and goes.</summary>
internal sealed class ConflictCopySkipped : Plant
{
    public override IFileSystem Files(IFileSystem files) => new Dropping(files);

    private sealed class Dropping(IFileSystem inner) : ForwardingFileSystem(inner)
    {
        public override FileFault Rename(RelativePath from, RelativePath to, RenameMode mode) =>
            from.IsReserved && to.Bytes.IndexOf(" (conflict of "u8) >= 0 && base.Stat(to) is null ? Delete(from) : base.Rename(from, to, mode);
    }
}
