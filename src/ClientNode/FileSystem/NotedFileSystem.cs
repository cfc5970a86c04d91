using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.FileSystem;

/// <summary>A replica's directory whose calls are noted while they last.</summary>
public sealed class NotedFileSystem(IFileSystem inner, DiskCalls calls) : IFileSystem
{
    public FileSystemTraits Probe(RelativePath scratch) => Noted("probe", scratch, () => inner.Probe(scratch));

    public bool RootIsInPlace() => Noted("stat", RelativePath.Root, inner.RootIsInPlace);

    public FileStat? Stat(RelativePath path)
    {
        using (calls.Begin("stat", path))
            return inner.Stat(path);
    }

    public IReadOnlyList<DirectoryItem>? List(RelativePath directory) => Noted("list", directory, () => inner.List(directory));

    public IFileHandle? OpenRead(RelativePath path)
    {
        using (calls.Begin("open", path))
            return inner.OpenRead(path) is { } file ? new NotedFileHandle(file, path, calls) : null;
    }

    public IFileHandle Create(RelativePath path, int mode) => Noted("create", path, () => new NotedFileHandle(inner.Create(path, mode), path, calls));

    public IFileHandle OpenOrCreate(RelativePath path) => Noted("open", path, () => new NotedFileHandle(inner.OpenOrCreate(path), path, calls));

    public FileFault MakeDirectory(RelativePath path) => Noted("mkdir", path, () => inner.MakeDirectory(path));

    public FileFault RemoveDirectory(RelativePath path) => Noted("rmdir", path, () => inner.RemoveDirectory(path));

    public FileFault Delete(RelativePath path) => Noted("unlink", path, () => inner.Delete(path));

    public FileFault Rename(RelativePath from, RelativePath to, RenameMode mode) =>
        Noted("rename", to.IsReserved ? from : to, () => inner.Rename(from, to, mode));

    public FileFault Replace(RelativePath from, RelativePath to, RelativePath backup) => Noted("replace", to, () => inner.Replace(from, to, backup));

    public bool FlushDirectory(RelativePath directory)
    {
        using (calls.Begin("fsync", directory))
            return inner.FlushDirectory(directory);
    }

    public void FlushAll()
    {
        using (calls.Begin("syncfs", RelativePath.Root))
            inner.FlushAll();
    }

    public IDisposable? TryLock(RelativePath path) => Noted("lock", path, () => inner.TryLock(path));

    public long FreeBytes() => Noted("statfs", RelativePath.Root, inner.FreeBytes);

    public long FreeFiles() => Noted("statfs", RelativePath.Root, inner.FreeFiles);

    public IWatchSource Watch(Action signal) => new NotedWatchSource(inner.Watch(signal), calls);

    public void Dispose() => inner.Dispose();

    private T Noted<T>(string operation, RelativePath path, Func<T> call)
    {
        using (calls.Begin(operation, path))
            return call();
    }

    private sealed class NotedWatchSource(IWatchSource inner, DiskCalls calls) : IWatchSource
    {
        public WatchOutcome Add(RelativePath directory)
        {
            using (calls.Begin("watch", directory))
                return inner.Add(directory);
        }

        public WatchHarvest Harvest() => inner.Harvest();

        public void Dispose() => inner.Dispose();
    }
}

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

/// <summary>
/// Calls to the disk that have not come back yet. One to a dead mount or a silent server may never do so, and the thread
/// that made it cannot say what it waits for: others ask here.
/// </summary>
public sealed class DiskCalls(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Pending> _pending = new();

    /// <summary>The call is over when the answer is disposed.</summary>
    public Pending Begin(string operation, RelativePath path)
    {
        var call = new Pending(this, operation, path, clock.MonotonicNanoseconds());
        lock (_gate)
            _pending.AddLast(call.Node);
        return call;
    }

    /// <summary>What lasts for longer than that already, the oldest first, in words.</summary>
    public IReadOnlyList<string> LongerThan(TimeSpan time)
    {
        var now = clock.MonotonicNanoseconds();
        lock (_gate)
        {
            return [.. _pending
                .Select(call => (call, Lasts: TimeSpan.FromTicks((now - call.BegunNs) / TimeSpan.NanosecondsPerTick)))
                .Where(item => item.Lasts > time)
                .Select(item => $"{item.call.Operation} of '{(item.call.Path.IsRoot ? "." : item.call.Path.ToString())}' has not come back for {item.Lasts.TotalSeconds:0} s")];
        }
    }

    private void End(Pending call)
    {
        lock (_gate)
            _pending.Remove(call.Node);
    }

    public sealed class Pending : IDisposable
    {
        private readonly DiskCalls _owner;

        internal Pending(DiskCalls owner, string operation, RelativePath path, long begunNs)
        {
            (_owner, Operation, Path, BegunNs) = (owner, operation, path, begunNs);
            Node = new LinkedListNode<Pending>(this);
        }

        internal string Operation { get; }
        internal RelativePath Path { get; }
        internal long BegunNs { get; }
        internal LinkedListNode<Pending> Node { get; }

        public void Dispose() => _owner.End(this);
    }
}
