using System.Buffers.Binary;
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

/// <summary>An open directory for the length of one call; or, where <see cref="Errno"/> is set, none.</summary>
internal readonly ref struct DirectoryDescriptor(int descriptor, bool owned, int errno)
{
    public int Value { get; } = descriptor;
    public int Errno { get; } = errno;

    public void Dispose()
    {
        if (owned)
            _ = Libc.Close(Value);
    }
}

internal static class LinuxListing
{
    // struct linux_dirent64: inode (8), offset (8), length of the record (2), type (1), name, NUL.
    private const int LengthAt = 16, TypeAt = 18, NameAt = 19;
    private const int BufferBytes = 32 * 1024;

    public static unsafe IReadOnlyList<DirectoryItem> ReadAndClose(int descriptor, RelativePath directory)
    {
        using var owner = new LinuxFileHandle(descriptor, directory);
        var items = new List<DirectoryItem>();
        var buffer = new byte[BufferBytes];
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var read = Libc.GetDirectoryEntries(Flags.GetDirectoryEntries, descriptor, start, buffer.Length);
                if (read == 0)
                    return items;
                if (read > 0)
                    Parse(descriptor, buffer.AsSpan(0, (int)read), items);
                else if (Marshal.GetLastPInvokeError() is var errno && errno != Errno.EINTR)
                    throw LinuxFault.Of("list", directory, errno);
            }
        }
    }

    private static void Parse(int directory, Span<byte> records, List<DirectoryItem> items)
    {
        while (!records.IsEmpty)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(records[LengthAt..]);
            var name = records[NameAt..length];
            name = name[..name.IndexOf((byte)0)];
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8) && KindOf(directory, records[TypeAt], name) is { } kind)
                items.Add(new DirectoryItem(name.ToArray(), kind));
            records = records[length..];
        }
    }

    private static FileKind? KindOf(int directory, byte type, ReadOnlySpan<byte> name) => type switch
    {
        4 => FileKind.Directory,
        8 => FileKind.Regular,
        10 => FileKind.SymbolicLink,
        // Some file systems do not say it in the listing.
        0 => Look(directory, name),
        _ => FileKind.Special,
    };

    private static unsafe FileKind? Look(int directory, ReadOnlySpan<byte> name)
    {
        Span<byte> buffer = stackalloc byte[LinuxDirectories.NameBytes];
        fixed (byte* start = LinuxDirectories.Terminated(name, buffer))
        {
            return LinuxStat.TryGet(directory, start, Flags.AtSymlinkNoFollow, out var stat) == 0 ? stat.Kind : null;
        }
    }
}
