using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Actors.Messages.Tree;

namespace Actors.Client.FileSystem.Linux;

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
