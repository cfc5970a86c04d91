using Actors.Client.FileSystem;
using Actors.Lab.World.Disks;
using Actors.Messages.Tree;

namespace Actors.Lab.Files;

internal sealed class SimulatedFileHandle(Descriptor file, RelativePath path, bool isForWriting) : IFileHandle
{
    // A kernel copies page by page, and a write in between shows in the pages after it.
    private const int PageBytes = 4_096;

    public static FileStat Convert(in DiskStat stat) => new(
        stat.Kind switch
        {
            InodeKind.File => FileKind.Regular,
            InodeKind.Directory => FileKind.Directory,
            InodeKind.SymbolicLink => FileKind.SymbolicLink,
            _ => FileKind.Special,
        },
        stat.Device,
        new FileSignature(stat.Inode, stat.Size, stat.ModifiedNs, stat.ChangedNs),
        stat.Mode);

    public FileStat Stat()
    {
        try
        {
            return Convert(file.Stat());
        }
        catch (DiskException e)
        {
            throw DiskFault.Of("stat", path, e.Error);
        }
    }

    public int Read(long offset, Span<byte> buffer)
    {
        try
        {
            var done = 0;
            int wanted, read;
            do
            {
                wanted = Math.Min(PageBytes, buffer.Length - done);
                read = file.Read(offset + done, buffer.Slice(done, wanted));
                done += read;
            }
            while (read == wanted && done < buffer.Length);
            return done;
        }
        catch (DiskException e)
        {
            throw DiskFault.Of("read", path, e.Error);
        }
    }

    public void Write(long offset, ReadOnlySpan<byte> content)
    {
        try
        {
            for (var done = 0; done < content.Length;)
                done += file.Write(offset + done, content[done..]);
        }
        catch (DiskException e)
        {
            throw DiskFault.Of("write", path, e.Error);
        }
    }

    public void SetLength(long bytes) => Do("truncate", () => file.SetLength(bytes));

    public void SetMode(int mode) => Do("chmod", () => file.SetMode(mode));

    public void Flush() => Do("fsync", file.Sync);

    // Linux counts the asking descriptor too.
    public WriterState Writers() =>
        !file.TellsWriters ? WriterState.Unknown : isForWriting || file.HasOtherWriters() ? WriterState.Open : WriterState.Closed;

    public void Dispose() => file.Dispose();

    private void Do(string operation, Action call)
    {
        try
        {
            call();
        }
        catch (DiskException e)
        {
            throw DiskFault.Of(operation, path, e.Error);
        }
    }
}
