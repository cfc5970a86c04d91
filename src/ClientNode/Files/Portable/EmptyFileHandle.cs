using Actors.Replication.Tree;

namespace Actors.Client.Files.Portable;

/// <summary>
/// An empty file, read without being opened: System.IO cannot tell it from a pipe, and to open one would wait for
/// somebody at its other end.
/// </summary>
internal sealed class EmptyFileHandle(PortableFileSystem files, RelativePath path, FileStat seen) : IFileHandle
{
    /// <summary>As it is now, so that whoever reads notices what came into it; where it is gone, as it was.</summary>
    public FileStat Stat() => files.Stat(path) ?? seen;

    public int Read(long offset, Span<byte> buffer) => 0;

    public void Write(long offset, ReadOnlySpan<byte> content) => throw ReadOnly("write");

    public void SetLength(long bytes) => throw ReadOnly("truncate");

    public void SetMode(int mode) => throw ReadOnly("chmod");

    public void Flush()
    {
        // Nothing is in it that could be lost.
    }

    public WriterState Writers() => WriterState.Unknown;

    public void Dispose()
    {
        // Nothing was opened.
    }

    private FileFaultException ReadOnly(string operation) => new(FileFault.Denied, operation, path, "it was opened for reading");
}
