using Actors.Client.FileSystem;
using Actors.Messages.Tree;

namespace Actors.Lab.Plants;

/// <summary>Every file seems to be old, so that its signature is trusted at once, and it is not read a second time.</summary>
internal sealed class YoungSignaturesTrusted : Plant
{
    private static readonly long ShiftNs = 100 * FileSignature.TrustAfter.Ticks * TimeSpan.NanosecondsPerTick;

    public override IFileSystem Files(IFileSystem files) => new Aged(files);

    private static FileStat Age(FileStat stat) => stat with
    {
        Signature = stat.Signature with { ModifiedNs = stat.Signature.ModifiedNs - ShiftNs, ChangedNs = stat.Signature.ChangedNs - ShiftNs },
    };

    private sealed class Aged(IFileSystem inner) : ForwardingFileSystem(inner)
    {
        public override FileStat? Stat(RelativePath path) => base.Stat(path) is { } stat ? Age(stat) : null;

        protected override IFileHandle Opened(IFileHandle file, RelativePath path) => new AgedFile(file);
    }

    private sealed class AgedFile(IFileHandle inner) : ForwardingFileHandle(inner)
    {
        public override FileStat Stat() => Age(base.Stat());
    }
}
