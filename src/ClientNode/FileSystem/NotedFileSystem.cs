using Actors.Messages.Tree;

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
