using Actors.Messages.Tree;

namespace Actors.Client.FileSystem.Portable;

/// <summary>What an exception of System.IO means.</summary>
internal static class PortableFault
{
    private const int WindowsError = unchecked((int)0x80070000);

    public static bool IsOne(Exception e) => e is IOException and not FileFaultException or UnauthorizedAccessException;

    public static FileFaultException Of(string operation, RelativePath path, Exception e) => new(Kind(e), operation, path, e.Message);

    /// <summary>What concerns the one path comes back; what concerns more throws.</summary>
    public static FileFault PathFault(string operation, RelativePath path, Exception e) => Of(operation, path, e).OrThrow();

    private static FileFault Kind(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => FileFault.NotFound,
        PathTooLongException => FileFault.NameTooLong,
        UnauthorizedAccessException => FileFault.Denied,
        _ when (e.HResult & 0xFFFF0000) == unchecked((uint)WindowsError) => OfWindows(e.HResult & 0xFFFF),
        // System.IO passes on the error number of the system.
        _ => OfUnix(e.HResult),
    };

    private static FileFault OfWindows(int error) => error switch
    {
        4 => FileFault.LimitReached,
        17 => FileFault.CrossDevice,
        19 => FileFault.ReadOnly,
        32 or 33 => FileFault.Busy,
        39 or 112 => FileFault.NoSpace,
        50 => FileFault.Unsupported,
        80 or 183 => FileFault.Exists,
        23 or 483 or 1117 or 1393 => FileFault.Damaged,
        21 or 53 or 55 or 59 or 64 or 1167 => FileFault.Unreachable,
        123 => FileFault.NameInvalid,
        223 => FileFault.TooLarge,
        145 => FileFault.NotEmpty,
        267 => FileFault.NotADirectory,
        _ => FileFault.Failed,
    };

    // The numbers of Linux, and of macOS and BSD where theirs are others.
    private static FileFault OfUnix(int error) => error switch
    {
        1 or 13 => FileFault.Denied,
        5 or 74 or 117 => FileFault.Damaged,
        6 or 19 or 107 or 110 or 112 or 116 or 121 => FileFault.Unreachable,
        // System.IO's own: a lock of another process, for example.
        11 or 16 or 26 or 35 => FileFault.Busy,
        17 => FileFault.Exists,
        18 => FileFault.CrossDevice,
        20 => FileFault.NotADirectory,
        21 => FileFault.IsADirectory,
        23 or 24 => FileFault.LimitReached,
        27 => FileFault.TooLarge,
        28 or 69 or 122 => FileFault.NoSpace,
        30 => FileFault.ReadOnly,
        39 or 66 => FileFault.NotEmpty,
        92 => FileFault.NameInvalid,
        95 => FileFault.Unsupported,
        126 => FileFault.KeyMissing,
        _ => FileFault.Failed,
    };
}
