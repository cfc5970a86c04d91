using System.Runtime.InteropServices;
using Actors.Messages.Tree;

namespace Actors.Client.FileSystem.Linux;

/// <summary>The system calls that .NET has no other way to: paths are bytes ending in NUL. All leave errno.</summary>
internal static partial class Libc
{
    private const string Name = "libc";

    [LibraryImport(Name, EntryPoint = "openat", SetLastError = true)]
    public static unsafe partial int OpenAt(int directory, byte* path, int flags, int mode);

    [LibraryImport(Name, EntryPoint = "syscall", SetLastError = true)]
    public static unsafe partial nint OpenAt2(nint number, nint directory, byte* path, OpenHow* how, nint size);

    [LibraryImport(Name, EntryPoint = "syscall", SetLastError = true)]
    public static unsafe partial nint RenameAt2(nint number, nint fromDirectory, byte* from, nint toDirectory, byte* to, nint flags);

    [LibraryImport(Name, EntryPoint = "syscall", SetLastError = true)]
    public static unsafe partial nint GetDirectoryEntries(nint number, nint directory, byte* buffer, nint bytes);

    [LibraryImport(Name, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport(Name, EntryPoint = "statx", SetLastError = true)]
    public static unsafe partial int StatX(int directory, byte* path, int flags, uint mask, StatXResult* result);

    [LibraryImport(Name, EntryPoint = "pread", SetLastError = true)]
    public static unsafe partial nint ReadAt(int descriptor, byte* buffer, nint bytes, long offset);

    [LibraryImport(Name, EntryPoint = "pwrite", SetLastError = true)]
    public static unsafe partial nint WriteAt(int descriptor, byte* buffer, nint bytes, long offset);

    [LibraryImport(Name, EntryPoint = "read", SetLastError = true)]
    public static unsafe partial nint Read(int descriptor, byte* buffer, nint bytes);

    [LibraryImport(Name, EntryPoint = "write", SetLastError = true)]
    public static unsafe partial nint Write(int descriptor, byte* buffer, nint bytes);

    [LibraryImport(Name, EntryPoint = "ftruncate", SetLastError = true)]
    public static partial int Truncate(int descriptor, long bytes);

    [LibraryImport(Name, EntryPoint = "fchmod", SetLastError = true)]
    public static partial int ChangeMode(int descriptor, int mode);

    [LibraryImport(Name, EntryPoint = "fsync", SetLastError = true)]
    public static partial int Flush(int descriptor);

    [LibraryImport(Name, EntryPoint = "syncfs", SetLastError = true)]
    public static partial int FlushFileSystem(int descriptor);

    [LibraryImport(Name, EntryPoint = "mkdirat", SetLastError = true)]
    public static unsafe partial int MakeDirectoryAt(int directory, byte* name, int mode);

    [LibraryImport(Name, EntryPoint = "unlinkat", SetLastError = true)]
    public static unsafe partial int UnlinkAt(int directory, byte* name, int flags);

    [LibraryImport(Name, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(int descriptor, int command, nint argument);

    [LibraryImport(Name, EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(int descriptor, int operation);

    [LibraryImport(Name, EntryPoint = "fstatfs", SetLastError = true)]
    public static unsafe partial int StatFileSystem(int descriptor, StatFsResult* result);

    [LibraryImport(Name, EntryPoint = "inotify_init1", SetLastError = true)]
    public static partial int InotifyOpen(int flags);

    [LibraryImport(Name, EntryPoint = "inotify_add_watch", SetLastError = true)]
    public static unsafe partial int InotifyAdd(int descriptor, byte* path, uint mask);

    [LibraryImport(Name, EntryPoint = "inotify_rm_watch", SetLastError = true)]
    public static partial int InotifyRemove(int descriptor, int watch);

    [LibraryImport(Name, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventOpen(uint initial, int flags);

    [LibraryImport(Name, EntryPoint = "poll", SetLastError = true)]
    public static unsafe partial int Poll(PollEntry* entries, nuint count, int timeoutMs);

    [StructLayout(LayoutKind.Sequential)]
    public struct OpenHow
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    public struct StatXResult
    {
        [FieldOffset(8)] public ulong Attributes;
        [FieldOffset(28)] public ushort Mode;
        [FieldOffset(32)] public ulong Inode;
        [FieldOffset(40)] public ulong Size;
        [FieldOffset(96)] public long ChangedSeconds;
        [FieldOffset(104)] public uint ChangedNanoseconds;
        [FieldOffset(112)] public long ModifiedSeconds;
        [FieldOffset(120)] public uint ModifiedNanoseconds;
        [FieldOffset(136)] public uint DeviceMajor;
        [FieldOffset(140)] public uint DeviceMinor;
    }

    // 64-bit layout; the tail is larger on no system than what is reserved here.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    public struct StatFsResult
    {
        [FieldOffset(0)] public long Type;
        [FieldOffset(8)] public long BlockSize;
        [FieldOffset(32)] public ulong BlocksAvailable;
        [FieldOffset(40)] public ulong Files;
        [FieldOffset(48)] public ulong FilesFree;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}

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
    // Ignored unless it is handled: what a broken lease sends must not end the process.
    public const int SignalUrgent = 23;

    public const int LockExclusive = 2, LockNonBlocking = 4;

    public const short PollIn = 1;
}

/// <summary>Error numbers of Linux, the same on x64 and arm64.</summary>
internal static class Errno
{
    public const int EPERM = 1, ENOENT = 2, EINTR = 4, EIO = 5, ENXIO = 6, EAGAIN = 11, ENOMEM = 12, EACCES = 13, EBUSY = 16,
        EEXIST = 17, EXDEV = 18, ENODEV = 19, ENOTDIR = 20, EISDIR = 21, EINVAL = 22, ENFILE = 23, EMFILE = 24, ETXTBSY = 26,
        EFBIG = 27, ENOSPC = 28, EROFS = 30, EDEADLK = 35, ENAMETOOLONG = 36, ENOSYS = 38, ENOTEMPTY = 39, ELOOP = 40,
        EBADMSG = 74, EOVERFLOW = 75, EOPNOTSUPP = 95, ECONNABORTED = 103, ENOTCONN = 107, ESHUTDOWN = 108, ETIMEDOUT = 110,
        ECONNREFUSED = 111, EHOSTDOWN = 112, EHOSTUNREACH = 113, ESTALE = 116, EUCLEAN = 117, EREMOTEIO = 121, EDQUOT = 122, ENOKEY = 126,
        EKEYEXPIRED = 127, EKEYREVOKED = 128, EKEYREJECTED = 129;

    public static FileFault ToFault(int errno) => errno switch
    {
        0 => FileFault.None,
        ENOENT => FileFault.NotFound,
        EEXIST => FileFault.Exists,
        ENOTEMPTY => FileFault.NotEmpty,
        ENOTDIR or ELOOP => FileFault.NotADirectory,
        EISDIR => FileFault.IsADirectory,
        EXDEV => FileFault.CrossDevice,
        EACCES or EPERM => FileFault.Denied,
        ENAMETOOLONG => FileFault.NameTooLong,
        // EAGAIN: a lease of another process is in the way.
        EBUSY or ETXTBSY or EAGAIN or EDEADLK => FileFault.Busy,
        ENOSYS or EOPNOTSUPP or EINVAL => FileFault.Unsupported,
        ENOSPC or EDQUOT => FileFault.NoSpace,
        EROFS => FileFault.ReadOnly,
        EMFILE or ENFILE or ENOMEM => FileFault.LimitReached,
        EFBIG or EOVERFLOW => FileFault.TooLarge,
        EIO or EUCLEAN or EBADMSG or EREMOTEIO => FileFault.Damaged,
        ENXIO or ENODEV or ECONNABORTED or ENOTCONN or ESHUTDOWN or ETIMEDOUT or ECONNREFUSED or EHOSTDOWN or EHOSTUNREACH or ESTALE =>
            FileFault.Unreachable,
        ENOKEY or EKEYEXPIRED or EKEYREVOKED or EKEYREJECTED => FileFault.KeyMissing,
        _ => FileFault.Failed,
    };
}

internal static class LinuxFault
{
    public static FileFaultException Of(string operation, RelativePath path, int errno) =>
        new(Errno.ToFault(errno), operation, path, Marshal.GetPInvokeErrorMessage(errno));

    /// <summary>What concerns the one path comes back; what concerns more throws.</summary>
    public static FileFault PathFault(string operation, RelativePath path, int errno) =>
        errno == 0 ? FileFault.None : Of(operation, path, errno).OrThrow();
}
