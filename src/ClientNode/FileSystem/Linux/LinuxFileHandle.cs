using System.Runtime.InteropServices;
using Actors.Messages.Tree;

namespace Actors.Client.FileSystem.Linux;

internal sealed class LinuxFileHandle(int descriptor, RelativePath path) : IFileHandle
{
    private int _descriptor = descriptor;

    public FileStat Stat() => LinuxStat.OfDescriptor(_descriptor, path);

    public unsafe int Read(long offset, Span<byte> buffer)
    {
        var done = 0;
        fixed (byte* start = buffer)
        {
            while (done < buffer.Length)
            {
                var read = Libc.ReadAt(_descriptor, start + done, buffer.Length - done, offset + done);
                if (read == 0)
                    break;
                if (read > 0)
                    done += (int)read;
                else if (Marshal.GetLastPInvokeError() is var errno && errno != Errno.EINTR)
                    throw Fault("read", errno);
            }
        }
        return done;
    }

    public unsafe void Write(long offset, ReadOnlySpan<byte> content)
    {
        var done = 0;
        fixed (byte* start = content)
        {
            while (done < content.Length)
            {
                var written = Libc.WriteAt(_descriptor, start + done, content.Length - done, offset + done);
                if (written >= 0)
                    done += (int)written;
                else if (Marshal.GetLastPInvokeError() is var errno && errno != Errno.EINTR)
                    throw Fault("write", errno);
            }
        }
    }

    public void SetLength(long bytes) => Check("truncate", Libc.Truncate(_descriptor, bytes));

    public void SetMode(int mode) => Check("chmod", Libc.ChangeMode(_descriptor, mode));

    public void Flush() => Check("fsync", Libc.Flush(_descriptor));

    public WriterState Writers()
    {
        // A read lease is granted only where no process has the file open for writing. It is given back at once; should a
        // writer come in between, the kernel sends the signal named here, which is ignored, and waits for our return.
        _ = Libc.Control(_descriptor, Flags.SetSignal, Flags.SignalUrgent);
        if (Libc.Control(_descriptor, Flags.SetLease, Flags.LeaseRead) == 0)
        {
            _ = Libc.Control(_descriptor, Flags.SetLease, Flags.LeaseNone);
            return WriterState.Closed;
        }
        // Of another user's file the kernel tells only those who may take leases of everything.
        return Marshal.GetLastPInvokeError() == Errno.EAGAIN ? WriterState.Open : WriterState.Unknown;
    }

    public void Dispose()
    {
        if (_descriptor < 0)
            return;
        _ = Libc.Close(_descriptor);
        _descriptor = -1;
    }

    private void Check(string operation, int result)
    {
        if (result != 0)
            throw Fault(operation, Marshal.GetLastPInvokeError());
    }

    private FileFaultException Fault(string operation, int errno) => LinuxFault.Of(operation, path, errno);
}

internal static class LinuxStat
{
    public static unsafe FileStat OfDescriptor(int descriptor, RelativePath path)
    {
        byte none = 0;
        var errno = TryGet(descriptor, &none, Flags.AtEmptyPath, out var stat);
        return errno == 0 ? stat : throw LinuxFault.Of("stat", path, errno);
    }

    /// <summary>Returns 0 or the error number.</summary>
    public static unsafe int TryGet(int directory, byte* name, int flags, out FileStat stat)
    {
        Libc.StatXResult result;
        stat = default;
        while (Libc.StatX(directory, name, flags, Flags.StatXBasic, &result) != 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            if (errno != Errno.EINTR)
                return errno;
        }
        var signature = new FileSignature(
            result.Inode,
            (long)result.Size,
            Nanoseconds(result.ModifiedSeconds, result.ModifiedNanoseconds),
            Nanoseconds(result.ChangedSeconds, result.ChangedNanoseconds));
        var device = ((ulong)result.DeviceMajor << 32) | result.DeviceMinor;
        stat = new FileStat(KindOf(result.Mode), device, signature, result.Mode & 0xfff)
        {
            IsMountPoint = (result.Attributes & Flags.StatXMountRoot) != 0,
        };
        return 0;
    }

    private static FileKind KindOf(int mode) => (mode & Flags.FormatMask) switch
    {
        Flags.FormatRegular => FileKind.Regular,
        Flags.FormatDirectory => FileKind.Directory,
        Flags.FormatLink => FileKind.SymbolicLink,
        _ => FileKind.Special,
    };

    private static long Nanoseconds(long seconds, uint nanoseconds) => seconds * 1_000_000_000 + nanoseconds;
}
