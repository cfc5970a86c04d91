using System.Runtime.InteropServices;

namespace Actors.Client.FileSystem.Portable;

/// <summary>
/// What System.IO does not tell on Unix: whether a name leads to a file, or to a pipe, a socket or a device, which must not
/// be opened only to find out. Asked of the library of .NET's own by which System.IO itself calls the system: it knows the
/// layout that the answer has on each.
/// </summary>
internal static partial class UnixKind
{
    private const int FormatMask = 0xf000, FormatDirectory = 0x4000, FormatRegular = 0x8000, FormatLink = 0xa000;

    /// <summary>Null where nothing is there, or nothing is told. Links are not followed.</summary>
    public static FileKind? Of(string path)
    {
        return LookAtLink(path, out var status) != 0 ? null : (status.Mode & FormatMask) switch
        {
            FormatRegular => FileKind.Regular,
            FormatDirectory => FileKind.Directory,
            FormatLink => FileKind.SymbolicLink,
            _ => FileKind.Special,
        };
    }

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_LStat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LookAtLink(string path, out Status status);

    // Its beginning; the rest is times and numbers, in less room than is reserved here.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        [FieldOffset(4)] public int Mode;
    }
}
