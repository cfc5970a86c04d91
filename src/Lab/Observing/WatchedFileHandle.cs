using Actors.Client.FileSystem;

namespace Actors.Lab.Observing;

/// <summary>A file that a node reads; counts what happens to it meanwhile.</summary>
internal sealed class WatchedFileHandle(IFileHandle file, Coverage coverage) : IFileHandle
{
    private FileStat? _first;

    public FileStat Stat()
    {
        var stat = file.Stat();
        if (_first is { } first && first.Signature != stat.Signature)
            coverage.Reached(Races.ChangedWhileRead);
        _first ??= stat;
        return stat;
    }

    public WriterState Writers()
    {
        var writers = file.Writers();
        if (writers != WriterState.Closed)
            coverage.Reached(writers == WriterState.Open ? Races.WriterWaitedFor : Races.WritersUnknown);
        return writers;
    }

    public int Read(long offset, Span<byte> buffer) => file.Read(offset, buffer);

    public void Write(long offset, ReadOnlySpan<byte> content) => file.Write(offset, content);

    public void SetLength(long bytes) => file.SetLength(bytes);

    public void SetMode(int mode) => file.SetMode(mode);

    public void Flush() => file.Flush();

    public void Dispose() => file.Dispose();
}
