using Actors.Client.Files;
using Actors.Replication.Tree;

namespace Actors.Lab.Plants;

/// <summary>A replica that was copied, or put back, goes on as who it was.</summary>
internal sealed class CopyKeepsIdentity : Plant
{
    public override IFileSystem Files(IFileSystem files) => new SamePlace(files);

    private sealed class SamePlace(IFileSystem inner) : ForwardingFileSystem(inner)
    {
        public override FileStat? Stat(RelativePath path) =>
            base.Stat(path) is { } stat && path == ReplicaLayout.Own
                ? stat with { Device = 1, Signature = stat.Signature with { Inode = 1 } }
                : base.Stat(path);
    }
}
