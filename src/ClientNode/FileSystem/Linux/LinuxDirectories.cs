using System.Runtime.InteropServices;
using Actors.Messages;
using Actors.Messages.Tree;

namespace Actors.Client.FileSystem.Linux;

/// <summary>Opens directories below a root without ever following a symbolic link.</summary>
internal sealed class LinuxDirectories(int root)
{
    public const int NameBytes = Limits.NameBytesMax + 1;

    // Longer paths than this do not fit one call (PATH_MAX counts the NUL), and are walked name by name.
    private const int CallPathBytesMax = 4095;
    private bool _kernelResolves = true;

    /// <summary>Writes the name and a NUL after it.</summary>
    public static Span<byte> Terminated(ReadOnlySpan<byte> name, Span<byte> buffer)
    {
        name.CopyTo(buffer);
        buffer[name.Length] = 0;
        return buffer;
    }

    /// <summary>For calls that act on a name in the directory.</summary>
    public DirectoryDescriptor Open(RelativePath directory)
    {
        if (directory.IsRoot)
            return new DirectoryDescriptor(root, owned: false, errno: 0);
        var descriptor = Open(directory, Flags.PathOnly, out var errno);
        return new DirectoryDescriptor(descriptor, owned: descriptor >= 0, errno);
    }

    /// <summary>For listing and fsync. Returns a descriptor that the caller closes, or -1.</summary>
    public int OpenForReading(RelativePath directory, out int errno) => Open(directory, Flags.ReadOnly, out errno);

    private unsafe int Open(RelativePath directory, int access, out int errno)
    {
        var flags = access | Flags.Directory | Flags.NoFollow | Flags.CloseOnExec;
        if (directory.IsRoot)
        {
            var self = stackalloc byte[] { (byte)'.', 0 };
            return OpenName(root, self, flags, out errno);
        }
        if (!_kernelResolves || directory.Length > CallPathBytesMax)
            return Walk(directory, flags, out errno);
        Span<byte> path = stackalloc byte[directory.Length + 1];
        fixed (byte* start = Terminated(directory.Bytes, path))
        {
            var how = new Libc.OpenHow
            {
                Flags = (ulong)flags,
                Resolve = Flags.ResolveNoSymlinks | Flags.ResolveNoMagicLinks,
            };
            nint descriptor;
            do
            {
                descriptor = Libc.OpenAt2(Flags.OpenAt2, root, start, &how, sizeof(Libc.OpenHow));
                errno = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
            }
            while (errno is Errno.EINTR or Errno.EAGAIN);
            // Kernels before 5.6 do not have the call, some sandboxes forbid it.
            if (errno is not (Errno.ENOSYS or Errno.EPERM))
                return (int)descriptor;
        }
        _kernelResolves = false;
        return Walk(directory, flags, out errno);
    }

    private unsafe int Walk(RelativePath directory, int flags, out int errno)
    {
        var current = root;
        errno = 0;
        Span<byte> name = stackalloc byte[NameBytes];
        var rest = directory.Bytes;
        while (!rest.IsEmpty)
        {
            var cut = rest.IndexOf((byte)'/');
            var part = cut < 0 ? rest : rest[..cut];
            rest = cut < 0 ? [] : rest[(cut + 1)..];
            int next;
            fixed (byte* start = Terminated(part, name))
            {
                next = OpenName(current, start, rest.IsEmpty ? flags : flags | Flags.PathOnly, out errno);
            }
            if (current != root)
                _ = Libc.Close(current);
            if (next < 0)
                return -1;
            current = next;
        }
        return current;
    }

    private static unsafe int OpenName(int directory, byte* name, int flags, out int errno)
    {
        int descriptor;
        do
        {
            descriptor = Libc.OpenAt(directory, name, flags, 0);
            errno = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        }
        while (errno == Errno.EINTR);
        return descriptor;
    }
}
