using Actors.Messages.Tree;

namespace Actors.Client.FileSystem;

/// <summary>An open file whose calls are noted while they last.</summary>
internal sealed class NotedFileHandle(IFileHandle inner, RelativePath path, DiskCalls calls) : IFileHandle
{
    public FileStat Stat()
    {
        using (calls.Begin("stat", path))
            return inner.Stat();
    }

    public int Read(long offset, Span<byte> buffer)
    {
        using (calls.Begin("read", path))
            return inner.Read(offset, buffer);
    }

    public void Write(long offset, ReadOnlySpan<byte> content)
    {
        using (calls.Begin("write", path))
            inner.Write(offset, content);
    }

    public void SetLength(long bytes)
    {
        using (calls.Begin("truncate", path))
            inner.SetLength(bytes);
    }

    public void SetMode(int mode)
    {
        using (calls.Begin("chmod", path))
            inner.SetMode(mode);
    }

    public void Flush()
    {
        using (calls.Begin("fsync", path))
            inner.Flush();
    }

    public WriterState Writers()
    {
        using (calls.Begin("lease", path))
            return inner.Writers();
    }

    public void Dispose()
    {
        using (calls.Begin("close", path))
            inner.Dispose();
    }
}
