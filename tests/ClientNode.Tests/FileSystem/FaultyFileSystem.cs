using Actors.Client.FileSystem;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.FileSystem;

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

    /// <summary>A call that lists the root fails as if it met a bug.</summary>
    public bool HasBug { get; set; }

    /// <summary>The file system's clock stands still: every file was last changed at this time, in nanoseconds since 1970.</summary>
    public long? StoppedAtNs { get; set; }

    /// <summary>So many times more a file seems to have a writer.</summary>
    public int WritersSeen { get; set; }

    /// <summary>It cannot be told who writes these: they are another user's.</summary>
    public Func<RelativePath, bool> HidesWriters { get; set; } = _ => false;

    /// <summary>How often anything was read.</summary>
    public int Reads { get; private set; }

    /// <summary>How many bytes were read, by all.</summary>
    public long BytesRead { get; private set; }

    /// <summary>How many bytes were written, by all.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>These may not be read.</summary>
    public Func<RelativePath, bool> IsUnreadable { get; set; } = _ => false;

    /// <summary>Happens before the names in a directory are made durable.</summary>
    public Action<RelativePath> Flushing { get; set; } = _ => { };

    /// <summary>What comes of a call (stat, list, watch, open, read, create, write, mkdir, rmdir, unlink, rename, chmod, fsync) at a path.</summary>
    public Func<string, RelativePath, FileFault> Failing { get; set; } = (_, _) => FileFault.None;

    /// <summary>How often everything was made durable.</summary>
    public int FlushedAll { get; private set; }

    /// <summary>Instead of what is free.</summary>
    public long? Free { get; set; }

    /// <summary>What is said to be free of inodes; null: what is.</summary>
    public long? FilesFree { get; set; }

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

    public FileStat? Stat(RelativePath path)
    {
        ThrowIfFailing("stat", path);
        return inner.Stat(path) is { } stat ? Stopped(stat) : null;
    }

    public IReadOnlyList<DirectoryItem>? List(RelativePath directory)
    {
        ThrowIfFailing("list", directory);
        return HasBug && directory.IsRoot ? throw new InvalidOperationException("the test says so") : inner.List(directory);
    }

    public IFileHandle? OpenRead(RelativePath path)
    {
        ThrowIfFailing("open", path);
        return IsUnreadable(path) ? throw new FileFaultException(FileFault.Denied, "open", path, "the test says so")
            : inner.OpenRead(path) is { } file ? new StoppedFile(this, file, path) : null;
    }

    public IFileHandle Create(RelativePath path, int mode)
    {
        ThrowIfFailing("create", path);
        return new StoppedFile(this, IfWritable(path, () => inner.Create(path, mode)), path);
    }

    public IFileHandle OpenOrCreate(RelativePath path)
    {
        ThrowIfFailing("create", path);
        return new StoppedFile(this, IfWritable(path, () => inner.OpenOrCreate(path)), path);
    }

    public FileFault MakeDirectory(RelativePath path) => IfNotFailing("mkdir", path, () => IfWritable(path, () => inner.MakeDirectory(path)));

    public FileFault RemoveDirectory(RelativePath path) => IfNotFailing("rmdir", path, () => inner.RemoveDirectory(path));

    public FileFault Delete(RelativePath path) => IfNotFailing("unlink", path, () => inner.Delete(path));

    public FileFault Rename(RelativePath from, RelativePath to, RenameMode mode) =>
        IfNotFailing("rename", to.IsReserved ? from : to, () => inner.Rename(from, to, mode));

    /// <summary>As Windows does it: in two steps that no other call can come between.</summary>
    public FileFault Replace(RelativePath from, RelativePath to, RelativePath backup)
    {
        var moved = inner.Rename(to, backup, RenameMode.NoReplace);
        return moved == FileFault.None ? inner.Rename(from, to, RenameMode.NoReplace) : moved;
    }

    public bool FlushDirectory(RelativePath directory)
    {
        Flushing(directory);
        ThrowIfFailing("fsync", directory);
        return inner.FlushDirectory(directory);
    }

    public void FlushAll()
    {
        FlushedAll++;
        inner.FlushAll();
    }

    public IDisposable? TryLock(RelativePath path) => inner.TryLock(path);

    public long FreeBytes() => Free ?? inner.FreeBytes();

    public long FreeFiles() => FilesFree ?? inner.FreeFiles();

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

    private FileFault IfNotFailing(string call, RelativePath path, Func<FileFault> inner) =>
        Failing(call, path) is not FileFault.None and var fault ? new FileFaultException(fault, call, path, "the test says so").OrThrow() : inner();

    private void ThrowIfFailing(string call, RelativePath path)
    {
        if (Failing(call, path) is not FileFault.None and var fault)
            throw new FileFaultException(fault, call, path, "the test says so");
    }

    private sealed class StoppedFile(FaultyFileSystem owner, IFileHandle file, RelativePath path) : IFileHandle
    {
        public FileStat Stat() => owner.Stopped(file.Stat());

        public int Read(long offset, Span<byte> buffer)
        {
            owner.Reads++;
            owner.ThrowIfFailing("read", path);
            var read = file.Read(offset, buffer);
            owner.BytesRead += read;
            return read;
        }

        public void Write(long offset, ReadOnlySpan<byte> content)
        {
            owner.ThrowIfFailing("write", path);
            owner.BytesWritten += content.Length;
            file.Write(offset, content);
        }

        public void SetLength(long bytes) => file.SetLength(bytes);

        public void SetMode(int mode)
        {
            owner.ThrowIfFailing("chmod", path);
            file.SetMode(mode);
        }

        public void Flush()
        {
            owner.ThrowIfFailing("fsync", path);
            file.Flush();
        }

        public WriterState Writers() =>
            owner.HidesWriters(path) ? WriterState.Unknown : owner.WritersSeen-- > 0 ? WriterState.Open : file.Writers();

        public void Dispose() => file.Dispose();
    }

    private sealed class ScarceWatches(FaultyFileSystem owner, IWatchSource watches) : IWatchSource
    {
        public WatchOutcome Add(RelativePath directory)
        {
            owner.ThrowIfFailing("watch", directory);
            return owner.IsOutOfWatches ? WatchOutcome.OutOfWatches : watches.Add(directory);
        }

        public WatchHarvest Harvest() => owner.IsDeaf ? WatchHarvest.Empty : watches.Harvest();

        public void Dispose() => watches.Dispose();
    }
}
