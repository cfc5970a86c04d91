using Actors.Client.FileSystem;
using Actors.Messages.Tree;

namespace Actors.Lab.Observing;

/// <summary>A replica's file system that tells what the node does to names that people see.</summary>
internal sealed class WatchedFileSystem(
    IFileSystem files, Action<RelativePath> appeared, Action<RelativePath, RelativePath> moved, Action<string, RelativePath> touched,
    Action<RelativePath, FileStat?> looked, Action<string>? told, Action noticesLost, Coverage coverage) : IFileSystem
{
    public FileSystemTraits Probe(RelativePath scratch) => files.Probe(scratch);

    public bool RootIsInPlace() => files.RootIsInPlace();

    public FileStat? Stat(RelativePath path)
    {
        var stat = files.Stat(path);
        looked(path, stat);
        return stat;
    }

    public IReadOnlyList<DirectoryItem>? List(RelativePath directory) => files.List(directory);

    public IFileHandle? OpenRead(RelativePath path) => files.OpenRead(path) is { } file ? new WatchedFileHandle(file, coverage) : null;

    public IFileHandle Create(RelativePath path, int mode)
    {
        Touch("creates", path);
        return files.Create(path, mode);
    }

    public IFileHandle OpenOrCreate(RelativePath path)
    {
        Touch("opens for writing", path);
        return files.OpenOrCreate(path);
    }

    public FileFault MakeDirectory(RelativePath path) => files.MakeDirectory(path);

    public FileFault RemoveDirectory(RelativePath path)
    {
        var fault = files.RemoveDirectory(path);
        told?.Invoke($"removes the directory {path}: {fault}");
        return fault;
    }

    public FileFault Delete(RelativePath path)
    {
        Touch("unlinks", path);
        return files.Delete(path);
    }

    public FileFault Rename(RelativePath from, RelativePath to, RenameMode mode)
    {
        if (mode == RenameMode.Replace)
            Touch("renames over", to);
        var fault = files.Rename(from, to, mode);
        told?.Invoke($"renames {from} to {to} ({mode}): {fault}");
        if (fault == FileFault.CrossDevice)
            coverage.Reached(Races.LowerLayerKept);
        if (fault == FileFault.None)
        {
            Look(to);
            if (mode == RenameMode.Exchange)
                Look(from);
            else if (from.IsReserved != to.IsReserved)
                moved(from, to);
        }
        return fault;
    }

    public bool FlushDirectory(RelativePath directory) => files.FlushDirectory(directory);

    public void FlushAll() => files.FlushAll();

    public IDisposable? TryLock(RelativePath path) => files.TryLock(path);

    public long FreeBytes() => files.FreeBytes();

    public IWatchSource Watch(Action signal) => new WatchedNotices(files.Watch(signal), noticesLost);

    public void Dispose() => files.Dispose();

    private void Touch(string how, RelativePath path)
    {
        if (!path.IsReserved)
            touched(how, path);
    }

    private void Look(RelativePath path)
    {
        if (!path.IsReserved)
            appeared(path);
    }
}

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

/// <summary>A replica's notices; reports when the node learns that some were lost.</summary>
internal sealed class WatchedNotices(IWatchSource source, Action lost) : IWatchSource
{
    public WatchOutcome Add(RelativePath directory) => source.Add(directory);

    public WatchHarvest Harvest()
    {
        var harvest = source.Harvest();
        if (harvest.Overflowed)
            lost();
        return harvest;
    }

    public void Dispose() => source.Dispose();
}
