using Actors.Messages.Tree;
using Microsoft.Win32.SafeHandles;

namespace Actors.Client.FileSystem.Portable;

/// <param name="file">The open file.</param>
/// <param name="owner">Closed with it.</param>
/// <param name="path">Below the root.</param>
/// <param name="fullPath">The same for System.IO.</param>
/// <param name="isForReading">Not opened for writing.</param>
internal sealed class PortableFileHandle(SafeFileHandle file, IDisposable owner, RelativePath path, string fullPath, bool isForReading) : IFileHandle
{
    public FileStat Stat() => Try("stat", () => PortableStat.Of(
        FileKind.Regular,
        RandomAccess.GetLength(file),
        File.GetLastWriteTimeUtc(file),
        File.GetCreationTimeUtc(file),
        OperatingSystem.IsWindows() ? 0 : (int)File.GetUnixFileMode(file)));

    public int Read(long offset, Span<byte> buffer)
    {
        var done = 0;
        try
        {
            while (done < buffer.Length)
            {
                var read = RandomAccess.Read(file, buffer[done..], offset + done);
                if (read == 0)
                    break;
                done += read;
            }
        }
        catch (Exception e) when (PortableFault.IsOne(e))
        {
            throw PortableFault.Of("read", path, e);
        }
        return done;
    }

    public void Write(long offset, ReadOnlySpan<byte> content)
    {
        try
        {
            RandomAccess.Write(file, content, offset);
        }
        catch (Exception e) when (PortableFault.IsOne(e))
        {
            throw PortableFault.Of("write", path, e);
        }
    }

    public void SetLength(long bytes) => Try("truncate", () => RandomAccess.SetLength(file, bytes));

    public void SetMode(int mode)
    {
        try
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file, (UnixFileMode)mode);
        }
        catch (Exception e) when (PortableFault.IsOne(e))
        {
            throw PortableFault.Of("chmod", path, e);
        }
    }

    public void Flush() => Try("fsync", () =>
    {
        if (isForReading && OperatingSystem.IsWindows())
        {
            // Windows flushes only by way of a handle that may write.
            using var writer = File.OpenHandle(fullPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(writer);
        }
        else
        {
            RandomAccess.FlushToDisk(file);
        }
    });

    public WriterState Writers() => WriterState.Unknown;

    public void Dispose() => owner.Dispose();

    private void Try(string operation, Action action) => Try(operation, () =>
    {
        action();
        return true;
    });

    private T Try<T>(string operation, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (PortableFault.IsOne(e))
        {
            throw PortableFault.Of(operation, path, e);
        }
    }
}
