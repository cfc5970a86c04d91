using Actors.Client.FileSystem;
using Actors.Messages.Tree;

namespace Actors.Lab.Plants;

/// <summary>An update takes a file's place without keeping what was there: an edit made in that moment is lost.</summary>
internal sealed class DisplacedContentDropped : Plant
{
    public override IFileSystem Files(IFileSystem files) => new Replacing(files);

    private sealed class Replacing(IFileSystem inner) : ForwardingFileSystem(inner)
    {
        public override FileFault Rename(RelativePath from, RelativePath to, RenameMode mode)
        {
            if (mode != RenameMode.Exchange || !from.IsReserved || base.Stat(to) is not { IsRegular: true } || base.Stat(from) is not { IsRegular: true } staged)
                return base.Rename(from, to, mode);
            var content = new byte[staged.Size];
            using (var file = OpenRead(from))
                _ = file?.Read(0, content);
            var fault = base.Rename(from, to, RenameMode.Replace);
            if (fault != FileFault.None)
                return fault;
            // So that the check of displaced files finds none.
            using var left = Create(from, staged.Mode);
            left.Write(0, content);
            return fault;
        }
    }
}
