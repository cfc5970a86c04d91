using Actors.Client.FileSystem;

namespace Actors.Lab.Plants;

/// <summary>A file as another handle has it; a plant changes one of the calls.</summary>
internal class ForwardingFileHandle(IFileHandle inner) : IFileHandle
{
    public virtual FileStat Stat() => inner.Stat();

    public virtual int Read(long offset, Span<byte> buffer) => inner.Read(offset, buffer);

    public virtual void Write(long offset, ReadOnlySpan<byte> content) => inner.Write(offset, content);

    public virtual void SetLength(long bytes) => inner.SetLength(bytes);

    public virtual void SetMode(int mode) => inner.SetMode(mode);

    public virtual void Flush() => inner.Flush();

    public virtual WriterState Writers() => inner.Writers();

    public void Dispose()
    {
        inner.Dispose();
        GC.SuppressFinalize(this);
    }
}
