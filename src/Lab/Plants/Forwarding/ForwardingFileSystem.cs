using Actors.Client.FileSystem;
using Actors.Messages.Tree;

namespace Actors.Lab.Plants;

/// <summary>A replica's directory as another file system has it; a plant changes one of the calls.</summary>
internal class ForwardingFileSystem(IFileSystem inner) : IFileSystem
{
    protected IFileSystem Inner => inner;

    public virtual FileSystemTraits Probe(RelativePath scratch) => inner.Probe(scratch);

    public virtual bool RootIsInPlace() => inner.RootIsInPlace();

    public virtual FileStat? Stat(RelativePath path) => inner.Stat(path);

    public virtual IReadOnlyList<DirectoryItem>? List(RelativePath directory) => inner.List(directory);

    public IFileHandle? OpenRead(RelativePath path) => inner.OpenRead(path) is { } file ? Opened(file, path) : null;

    public IFileHandle Create(RelativePath path, int mode) => Opened(inner.Create(path, mode), path);

    public IFileHandle OpenOrCreate(RelativePath path) => Opened(inner.OpenOrCreate(path), path);

    public virtual FileFault MakeDirectory(RelativePath path) => inner.MakeDirectory(path);

    public virtual FileFault RemoveDirectory(RelativePath path) => inner.RemoveDirectory(path);

    public virtual FileFault Delete(RelativePath path) => inner.Delete(path);

    public virtual FileFault Rename(RelativePath from, RelativePath to, RenameMode mode) => inner.Rename(from, to, mode);

    public FileFault Replace(RelativePath from, RelativePath to, RelativePath backup) => inner.Replace(from, to, backup);

    public virtual bool FlushDirectory(RelativePath directory) => inner.FlushDirectory(directory);

    public virtual void FlushAll() => inner.FlushAll();

    public virtual IDisposable? TryLock(RelativePath path) => inner.TryLock(path);

    public long FreeBytes() => inner.FreeBytes();

    public virtual IWatchSource Watch(Action signal) => inner.Watch(signal);

    public void Dispose()
    {
        inner.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Every file that was opened comes by here.</summary>
    protected virtual IFileHandle Opened(IFileHandle file, RelativePath path) => file;
}

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
