using Actors.Client.FileSystem;
using Actors.Messages.Tree;

namespace Actors.Lab.Plants;

/// <summary>After a crash an update whose staged file is gone still seems to be staged, and is taken for not carried out.</summary>
internal sealed class RecordLostWithCrash : Plant
{
    public override IFileSystem Files(IFileSystem files) => new StillStaged(files);

    private sealed class StillStaged(IFileSystem inner) : ForwardingFileSystem(inner)
    {
        public override FileStat? Stat(RelativePath path) =>
            path.Parent == ReplicaLayout.Staging && path.Name.EndsWith("-new"u8) ? Inner.Stat(RelativePath.Root) : Inner.Stat(path);
    }
}
