using System.Text;
using Actors.Client.FileSystem;
using Actors.Messages.Tree;

namespace Actors.Lab.Plants;

/// <summary>A replica never looks emptied: something is always left in it.</summary>
internal sealed class EmptiedRootBelieved : Plant
{
    public override IFileSystem Files(IFileSystem files) => new NeverEmpty(files);

    private sealed class NeverEmpty(IFileSystem inner) : ForwardingFileSystem(inner)
    {
        public override IReadOnlyList<DirectoryItem>? List(RelativePath directory) => directory.IsRoot && Inner.List(directory) is { } items
            ? [.. items, new DirectoryItem(Encoding.ASCII.GetBytes("left"), FileKind.Regular)]
            : Inner.List(directory);
    }
}
