using System.Runtime.InteropServices;
using System.Text;

namespace Actors.Client.FileSystem.Portable;

internal static class PortableStat
{
    /// <summary>Null where nothing is there. Links are not followed.</summary>
    public static FileStat? Of(string path)
    {
        var info = new FileInfo(path);
        var attributes = info.Attributes;
        if (attributes == (FileAttributes)(-1))
            return null;
        if (KindOf(attributes, info) is not { } kind)
            return null;
        var size = kind == FileKind.Regular ? info.Length : 0;
        return Of(kind, size, info.LastWriteTimeUtc, info.CreationTimeUtc, OperatingSystem.IsWindows() ? 0 : (int)info.UnixFileMode);
    }

    /// <summary>There is no number that would tell files apart: the time of creation helps where the system knows it.</summary>
    public static FileStat Of(FileKind kind, long size, DateTime modified, DateTime created, int mode) =>
        new(kind, 0, new FileSignature(0, size, UnixNs(modified), UnixNs(created)), mode);

    // Windows has other reparse points than links, which lead to ordinary files and directories.
    private static FileKind? KindOf(FileAttributes attributes, FileInfo info)
    {
        if (attributes.HasFlag(FileAttributes.ReparsePoint) && info.LinkTarget is not null)
            return FileKind.SymbolicLink;
        if (attributes.HasFlag(FileAttributes.Directory))
            return FileKind.Directory;
        if (!OperatingSystem.IsWindows())
            return UnixKind.Of(info.FullName);
        return attributes.HasFlag(FileAttributes.Device) ? FileKind.Special : FileKind.Regular;
    }

    private static long UnixNs(DateTime time) => (time - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
}

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

/// <summary>Names between bytes, as they travel, and text, as System.IO takes them.</summary>
internal static class PortableName
{
    private const string NotOnWindows = "<>:\"\\|?*";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // With or without an extension they lead to a device.
    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL",
        "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    };

    /// <summary>Null where no file can have the name.</summary>
    public static string? ToText(ReadOnlySpan<byte> name, bool isWindows)
    {
        string text;
        try
        {
            text = Strict.GetString(name);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
        return isWindows && !IsWindowsName(text) ? null : text;
    }

    /// <summary>Null where the name is no text that could be written down and found again.</summary>
    public static byte[]? ToBytes(ReadOnlySpan<char> name)
    {
        try
        {
            var bytes = new byte[Strict.GetByteCount(name)];
            Strict.GetBytes(name, bytes);
            return bytes;
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    // Windows drops dots and blanks at the end, so that the file would have another name than the one asked for.
    private static bool IsWindowsName(string text) =>
        !text.Any(c => c < ' ' || NotOnWindows.Contains(c))
        && text[^1] is not ('.' or ' ')
        && !Devices.Contains(text.Split('.')[0].TrimEnd());
}
