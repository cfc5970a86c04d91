namespace Actors.Client.FileSystem;

/// <summary>An open regular file; it stays the same file when its name changes.</summary>
public interface IFileHandle : IDisposable
{
    FileStat Stat();

    /// <summary>Fills the buffer from an offset as far as the file goes; returns the bytes read.</summary>
    int Read(long offset, Span<byte> buffer);

    void Write(long offset, ReadOnlySpan<byte> content);

    void SetLength(long bytes);

    void SetMode(int mode);

    /// <summary>Makes the bytes durable.</summary>
    void Flush();

    /// <summary>Whether a process has the file open for writing, as far as the system tells: see <see cref="FileSystemTraits.WritersOf"/>.</summary>
    WriterState Writers();
}
