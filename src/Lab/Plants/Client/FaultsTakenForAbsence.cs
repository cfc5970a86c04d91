using Actors.Client.FileSystem;
using Actors.Messages.Tree;

namespace Actors.Lab.Plants;

/// <summary>What cannot be looked at counts as gone.</summary>
internal sealed class FaultsTakenForAbsence : Plant
{
    public override IFileSystem Files(IFileSystem files) => new Hasty(files);

    private sealed class Hasty(IFileSystem inner) : ForwardingFileSystem(inner)
    {
        public override FileStat? Stat(RelativePath path) => NullAtFault(() => Inner.Stat(path));

        public override IReadOnlyList<DirectoryItem>? List(RelativePath directory) => NullAtFault(() => Inner.List(directory));

        private static T? NullAtFault<T>(Func<T?> look)
        {
            try
            {
                return look();
            }
            catch (FileFaultException e) when (!e.StopsTheNode)
            {
                return default;
            }
        }
    }
}
