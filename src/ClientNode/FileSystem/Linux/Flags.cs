using System.Runtime.InteropServices;

namespace Actors.Client.FileSystem.Linux;

/// <summary>Constants of the system calls.</summary>
internal static class Flags
{
    private static readonly bool Arm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    // O_DIRECTORY and O_NOFOLLOW are two of the few values that differ between the architectures.
    public static readonly int Directory = Arm ? 0x4000 : 0x10000;
    public static readonly int NoFollow = Arm ? 0x8000 : 0x20000;
    public const int ReadOnly = 0, ReadWrite = 2, Create = 0x40, Exclusive = 0x80, NonBlocking = 0x800, CloseOnExec = 0x80000,
        PathOnly = 0x200000;

    public static readonly nint OpenAt2 = 437;
    public static readonly nint RenameAt2 = Arm ? 276 : 316;
    public static readonly nint GetDirectoryEntries = Arm ? 61 : 217;

    public const ulong ResolveNoMagicLinks = 2, ResolveNoSymlinks = 4;

    public const int RenameNoReplace = 1, RenameExchange = 2;
    public const int AtSymlinkNoFollow = 0x100, AtRemoveDirectory = 0x200, AtEmptyPath = 0x1000;
    public const uint StatXBasic = 0x7ff;
    public const ulong StatXMountRoot = 0x2000;

    public const int FormatMask = 0xf000, FormatDirectory = 0x4000, FormatRegular = 0x8000, FormatLink = 0xa000;

    public const int SetLease = 1024, SetSignal = 10, LeaseRead = 0, LeaseNone = 2;
    // Ignored unless somebody handles it: what a broken lease sends must not end the process.
    public const int SignalUrgent = 23;

    public const int LockExclusive = 2, LockNonBlocking = 4;

    public const short PollIn = 1;
}
