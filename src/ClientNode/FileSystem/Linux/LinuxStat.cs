using System.Runtime.InteropServices;
using Actors.Messages.Tree;

namespace Actors.Client.FileSystem.Linux;

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
