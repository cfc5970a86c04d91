using Actors.Client.Files;
using Actors.Replication.Tree;

namespace Actors.Client.Tests.Files;

/// <summary>A file system that fails where the test says.</summary>
internal sealed class FaultyFileSystem(IFileSystem inner) : IFileSystem
{
    private volatile FileFault _writing;
    private volatile bool _isOutOfWatches;
    private volatile bool _isDeaf;

    /// <summary>What comes of making anything new: the disk is full, or read-only.</summary>
    public FileFault Writing
    {
        get => _writing;
        set => _writing = value;
    }

    public bool IsOutOfWatches
    {
        get => _isOutOfWatches;
        set => _isOutOfWatches = value;
    }

    /// <summary>Whoever lists the root fails as one does who meets a bug.</summary>
    public bool HasBug { get; set; }

    /// <summary>The file system's clock stands still: every file was last changed at this time, in nanoseconds since 1970.</summary>
    public long? StoppedAtNs { get; set; }

    /// <summary>So many times more a file seems to have a writer.</summary>
    public int WritersSeen { get; set; }

    /// <summary>It cannot be told who writes these: they are another user's.</summary>
    public Func<RelativePath, bool> HidesWriters { get; set; } = _ => false;

    /// <summary>How often anything was read.</summary>
    public int Reads { get; private set; }

    /// <summary>These may not be read.</summary>
    public Func<RelativePath, bool> IsUnreadable { get; set; } = _ => false;

    /// <summary>Instead of what is free.</summary>
    public long? Free { get; set; }

    /// <summary>No change is told of.</summary>
    public bool IsDeaf
    {
        get => _isDeaf;
        set => _isDeaf = value;
    }

    /// <summary>Instead of what the inner one finds.</summary>
    public Func<FileSystemTraits, FileSystemTraits> Traits { get; set; } = traits => traits;

    public FileSystemTraits Probe(RelativePath scratch) => Traits(inner.Probe(scratch));

    public bool RootIsInPlace() => inner.RootIsInPlace();

    public FileStat? Stat(RelativePath path) => inner.Stat(path) is { } stat ? Stopped(stat) : null;

    public IReadOnlyList<DirectoryItem>? List(RelativePath directory) =>
        HasBug && directory.IsRoot ? throw new InvalidOperationException("the test says so") : inner.List(directory);

    public IFileHandle? OpenRead(RelativePath path) =>
        IsUnreadable(path) ? throw new FileFaultException(FileFault.Denied, "open", path, "the test says so")
            : inner.OpenRead(path) is { } file ? new StoppedFile(this, file, path) : null;

    public IFileHandle Create(RelativePath path, int mode) => IfWritable(path, () => inner.Create(path, mode));

    public IFileHandle OpenOrCreate(RelativePath path) => IfWritable(path, () => inner.OpenOrCreate(path));

    public FileFault MakeDirectory(RelativePath path) => IfWritable(path, () => inner.MakeDirectory(path));

    public FileFault RemoveDirectory(RelativePath path) => inner.RemoveDirectory(path);

    public FileFault Delete(RelativePath path) => inner.Delete(path);

    public FileFault Rename(RelativePath from, RelativePath to, RenameMode mode) => inner.Rename(from, to, mode);

    /// <summary>As Windows does it: in two steps that nobody can come between.</summary>
    public FileFault Replace(RelativePath from, RelativePath to, RelativePath backup)
    {
        var moved = inner.Rename(to, backup, RenameMode.NoReplace);
        return moved == FileFault.None ? inner.Rename(from, to, RenameMode.NoReplace) : moved;
    }

    public void FlushDirectory(RelativePath directory) => inner.FlushDirectory(directory);

    public void FlushAll() => inner.FlushAll();

    public IDisposable? TryLock(RelativePath path) => inner.TryLock(path);

    public long FreeBytes() => Free ?? inner.FreeBytes();

    public IWatchSource Watch(Action signal) => new ScarceWatches(this, inner.Watch(() =>
    {
        if (!IsDeaf)
            signal();
    }));

    public void Dispose() => inner.Dispose();

    private FileStat Stopped(FileStat stat) =>
        StoppedAtNs is { } at ? stat with { Signature = stat.Signature with { ModifiedNs = at, ChangedNs = at } } : stat;

    private T IfWritable<T>(RelativePath path, Func<T> call) =>
        Writing == FileFault.None ? call() : throw new FileFaultException(Writing, "write", path, $"the test says {Writing}");

    private sealed class StoppedFile(FaultyFileSystem owner, IFileHandle file, RelativePath path) : IFileHandle
    {
        public FileStat Stat() => owner.Stopped(file.Stat());

        public int Read(long offset, Span<byte> buffer)
        {
            owner.Reads++;
            return file.Read(offset, buffer);
        }

        public void Write(long offset, ReadOnlySpan<byte> content) => file.Write(offset, content);

        public void SetLength(long bytes) => file.SetLength(bytes);

        public void SetMode(int mode) => file.SetMode(mode);

        public void Flush() => file.Flush();

        public WriterState Writers() =>
            owner.HidesWriters(path) ? WriterState.Unknown : owner.WritersSeen-- > 0 ? WriterState.Open : file.Writers();

        public void Dispose() => file.Dispose();
    }

    private sealed class ScarceWatches(FaultyFileSystem owner, IWatchSource watches) : IWatchSource
    {
        public WatchOutcome Add(RelativePath directory) => owner.IsOutOfWatches ? WatchOutcome.OutOfWatches : watches.Add(directory);

        public WatchHarvest Harvest() => owner.IsDeaf ? WatchHarvest.Empty : watches.Harvest();

        public void Dispose() => watches.Dispose();
    }
}
