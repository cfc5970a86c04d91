using Actors.Client.FileSystem;
using Actors.Messages.Tree;

namespace Actors.Lab.Plants;

/// <summary>Every process gets a replica's lock, even if another holds it.</summary>
internal sealed class LockIgnored : Plant
{
    public override IFileSystem Files(IFileSystem files) => new Unlocked(files);

    private sealed class Unlocked(IFileSystem inner) : ForwardingFileSystem(inner)
    {
        public override IDisposable? TryLock(RelativePath path) => Inner.OpenOrCreate(path);
    }
}
