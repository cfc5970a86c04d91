using System.Runtime.InteropServices;
using System.Text;
using Actors.Messages.Tree;

namespace Actors.Client.FileSystem.Linux;

/// <summary>
/// The file system calls of Linux, on names as bytes. A path is opened from the root's descriptor downwards with symbolic
/// links refused by the kernel, so that not even a link made in between leads outside.
/// </summary>
public sealed class LinuxFileSystem : IFileSystem
{
    private readonly byte[] _rootPath;
    private readonly FileStat _rootStat;
    private readonly LinuxDirectories _directories;
    private int _root;

    private LinuxFileSystem(byte[] rootPath, int root, FileStat rootStat)
    {
        _rootPath = rootPath;
        _root = root;
        _rootStat = rootStat;
        _directories = new LinuxDirectories(root);
    }

    /// <exception cref="FileFaultException">There is no directory, or it cannot be opened.</exception>
    public static unsafe LinuxFileSystem Open(string directory)
    {
        byte[] path = [.. Encoding.UTF8.GetBytes(directory), 0];
        fixed (byte* start = path)
        {
            var root = Libc.OpenAt(-1, start, Flags.ReadOnly | Flags.Directory | Flags.CloseOnExec, 0);
            if (root < 0)
                throw LinuxFault.Of("open", RelativePath.Root, Marshal.GetLastPInvokeError());
            return new LinuxFileSystem(path, root, LinuxStat.OfDescriptor(root, RelativePath.Root));
        }
    }

    public FileSystemTraits Probe(RelativePath scratch) => new LinuxProbe(this, _root).Run(scratch);

    public unsafe bool RootIsInPlace()
    {
        fixed (byte* path = _rootPath)
        {
            return LinuxStat.TryGet(-1, path, 0, out var stat) == 0
                && stat.Device == _rootStat.Device
                && stat.Inode == _rootStat.Inode;
        }
    }

    public unsafe FileStat? Stat(RelativePath path)
    {
        if (path.IsRoot)
            return LinuxStat.OfDescriptor(_root, path);
        using var parent = _directories.Open(path.Parent);
        Span<byte> name = stackalloc byte[LinuxDirectories.NameBytes];
        fixed (byte* start = LinuxDirectories.Terminated(path.Name, name))
        {
            FileStat stat = default;
            var errno = parent.Errno == 0
                ? LinuxStat.TryGet(parent.Value, start, Flags.AtSymlinkNoFollow, out stat)
                : parent.Errno;
            return LinuxFault.PathFault("stat", path, errno) switch
            {
                FileFault.None => stat,
                FileFault.NotFound or FileFault.NotADirectory => null,
                _ => throw LinuxFault.Of("stat", path, errno),
            };
        }
    }

    public IReadOnlyList<DirectoryItem>? List(RelativePath directory)
    {
        var descriptor = _directories.OpenForReading(directory, out var errno);
        if (descriptor >= 0)
            return LinuxListing.ReadAndClose(descriptor, directory);
        return LinuxFault.PathFault("list", directory, errno) is FileFault.NotFound or FileFault.NotADirectory
            ? null
            : throw LinuxFault.Of("list", directory, errno);
    }

    public IFileHandle? OpenRead(RelativePath path)
    {
        // Without NonBlocking, opening a pipe that was put there would wait for its other end.
        var descriptor = OpenFile(path, Flags.ReadOnly | Flags.NonBlocking, 0, out var errno);
        if (descriptor < 0)
        {
            return LinuxFault.PathFault("open", path, errno) is FileFault.NotFound or FileFault.NotADirectory
                ? null
                : throw LinuxFault.Of("open", path, errno);
        }
        var handle = new LinuxFileHandle(descriptor, path);
        if (handle.Stat().IsRegular)
            return handle;
        handle.Dispose();
        return null;
    }

    public IFileHandle Create(RelativePath path, int mode) =>
        OpenFile(path, Flags.ReadWrite | Flags.Create | Flags.Exclusive, mode, out var errno) is var descriptor && descriptor >= 0
            ? new LinuxFileHandle(descriptor, path)
            : throw LinuxFault.Of("create", path, errno);

    public IFileHandle OpenOrCreate(RelativePath path) =>
        OpenFile(path, Flags.ReadWrite | Flags.Create, OwnFileMode, out var errno) is var descriptor && descriptor >= 0
            ? new LinuxFileHandle(descriptor, path)
            : throw LinuxFault.Of("open", path, errno);

    public unsafe FileFault MakeDirectory(RelativePath path)
    {
        using var parent = _directories.Open(path.Parent);
        Span<byte> name = stackalloc byte[LinuxDirectories.NameBytes];
        fixed (byte* start = LinuxDirectories.Terminated(path.Name, name))
        {
            return Outcome("mkdir", path, parent, parent.Errno == 0 ? Libc.MakeDirectoryAt(parent.Value, start, NewDirectoryMode) : -1);
        }
    }

    public FileFault RemoveDirectory(RelativePath path) => Unlink("rmdir", path, Flags.AtRemoveDirectory);

    public FileFault Delete(RelativePath path) => Unlink("unlink", path, 0);

    public unsafe FileFault Rename(RelativePath from, RelativePath to, RenameMode mode)
    {
        using var fromParent = _directories.Open(from.Parent);
        if (fromParent.Errno != 0)
            return LinuxFault.PathFault("rename", from, fromParent.Errno);
        using var toParent = _directories.Open(to.Parent);
        Span<byte> fromName = stackalloc byte[LinuxDirectories.NameBytes];
        Span<byte> toName = stackalloc byte[LinuxDirectories.NameBytes];
        var flags = mode switch
        {
            RenameMode.NoReplace => Flags.RenameNoReplace,
            RenameMode.Exchange => Flags.RenameExchange,
            _ => 0,
        };
        fixed (byte* source = LinuxDirectories.Terminated(from.Name, fromName))
        fixed (byte* target = LinuxDirectories.Terminated(to.Name, toName))
        {
            var result = toParent.Errno == 0
                ? Libc.RenameAt2(Flags.RenameAt2, fromParent.Value, source, toParent.Value, target, flags)
                : -1;
            return Outcome("rename", toParent.Errno == 0 && to.IsReserved ? from : to, toParent, (int)result);
        }
    }

    public bool FlushDirectory(RelativePath directory)
    {
        var descriptor = _directories.OpenForReading(directory, out var errno);
        if (descriptor >= 0)
        {
            using var handle = new LinuxFileHandle(descriptor, directory);
            handle.Flush();
            // The root itself may be a mount point.
            return directory.IsRoot || handle.Stat() is { IsMountPoint: false } stat && stat.Device == _rootStat.Device;
        }
        return LinuxFault.PathFault("fsync", directory, errno) switch
        {
            FileFault.NotFound => true,
            FileFault.NotADirectory => false,
            _ => throw LinuxFault.Of("fsync", directory, errno),
        };
    }

    public void FlushAll()
    {
        if (Libc.FlushFileSystem(_root) != 0)
            throw LinuxFault.Of("syncfs", RelativePath.Root, Marshal.GetLastPInvokeError());
    }

    public IDisposable? TryLock(RelativePath path)
    {
        var descriptor = OpenFile(path, Flags.ReadWrite | Flags.Create, OwnFileMode, out var errno);
        if (descriptor < 0)
            throw LinuxFault.Of("lock", path, errno);
        var handle = new LinuxFileHandle(descriptor, path);
        if (Libc.Lock(descriptor, Flags.LockExclusive | Flags.LockNonBlocking) == 0)
            return handle;
        errno = Marshal.GetLastPInvokeError();
        handle.Dispose();
        return errno == Errno.EAGAIN ? null : throw LinuxFault.Of("lock", path, errno);
    }

    public long FreeBytes()
    {
        var result = StatFileSystem();
        return (long)result.BlocksAvailable * result.BlockSize;
    }

    // Some file systems make room for inodes as they need it, and count none.
    public long FreeFiles() => StatFileSystem() is { Files: > 0 } result ? (long)result.FilesFree : long.MaxValue;

    private unsafe Libc.StatFsResult StatFileSystem()
    {
        Libc.StatFsResult result;
        return Libc.StatFileSystem(_root, &result) == 0 ? result : throw LinuxFault.Of("statfs", RelativePath.Root, Marshal.GetLastPInvokeError());
    }

    public IWatchSource Watch(Action signal) => InotifySource.Start(_root, signal);

    public void Dispose()
    {
        if (_root < 0)
            return;
        _ = Libc.Close(_root);
        _root = -1;
    }

    private const int OwnFileMode = 0x180; // rw for the owner
    private const int NewDirectoryMode = 0x1ff; // less what the process's mask takes away

    private unsafe FileFault Unlink(string operation, RelativePath path, int flags)
    {
        using var parent = _directories.Open(path.Parent);
        Span<byte> name = stackalloc byte[LinuxDirectories.NameBytes];
        fixed (byte* start = LinuxDirectories.Terminated(path.Name, name))
        {
            return Outcome(operation, path, parent, parent.Errno == 0 ? Libc.UnlinkAt(parent.Value, start, flags) : -1);
        }
    }

    private unsafe int OpenFile(RelativePath path, int flags, int mode, out int errno)
    {
        using var parent = _directories.Open(path.Parent);
        errno = parent.Errno;
        if (errno != 0)
            return -1;
        Span<byte> name = stackalloc byte[LinuxDirectories.NameBytes];
        fixed (byte* start = LinuxDirectories.Terminated(path.Name, name))
        {
            int descriptor;
            do
            {
                descriptor = Libc.OpenAt(parent.Value, start, flags | Flags.NoFollow | Flags.CloseOnExec, mode);
                errno = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
            }
            while (errno == Errno.EINTR);
            return descriptor;
        }
    }

    private static FileFault Outcome(string operation, RelativePath path, in DirectoryDescriptor parent, int result)
    {
        if (parent.Errno != 0)
            return LinuxFault.PathFault(operation, path, parent.Errno);
        return result == 0 ? FileFault.None : LinuxFault.PathFault(operation, path, Marshal.GetLastPInvokeError());
    }
}

internal sealed class LinuxProbe(IFileSystem files, int root)
{
    // The file systems on which other machines write, by the magic numbers that statfs tells.
    private static readonly Dictionary<long, string> NetworkTypes = new()
    {
        [0x6969] = "nfs",
        [0x517B] = "smb",
        [0xFF534D42] = "cifs",
        [0xFE534D42] = "smb2",
        [0x65735546] = "fuse",
        [0x01021997] = "9p",
        [0x00C36400] = "ceph",
        [0x5346414F] = "afs",
        [0x73757245] = "coda",
        [0x0BD00BD0] = "lustre",
        [0x01161970] = "gfs2",
        [0x7461636F] = "ocfs2",
    };

    private static readonly Dictionary<long, string> LocalTypes = new()
    {
        [0xEF53] = "ext4",
        [0x58465342] = "xfs",
        [0x9123683E] = "btrfs",
        [0x01021994] = "tmpfs",
        [0x794C7630] = "overlay",
        [0xF2F52010] = "f2fs",
        [0x2FC12FC1] = "zfs",
        [0x4D44] = "vfat",
        [0x2011BAB0] = "exfat",
        [0xCA451A4E] = "bcachefs",
    };

    public unsafe FileSystemTraits Run(RelativePath scratch)
    {
        Libc.StatFsResult result;
        if (Libc.StatFileSystem(root, &result) != 0)
            throw LinuxFault.Of("statfs", RelativePath.Root, Marshal.GetLastPInvokeError());
        // A filesystem type is an unsigned 32-bit number in a signed 64-bit field.
        var type = result.Type & 0xFFFFFFFF;
        var network = NetworkTypes.TryGetValue(type, out var name);
        var first = scratch.Child("probe-1"u8);
        var second = scratch.Child("probe-2"u8);
        _ = files.Delete(first);
        _ = files.Delete(second);
        try
        {
            using var writer = files.Create(first, 0x180);
            files.Create(second, 0x180).Dispose();
            using var reader = files.OpenRead(first);
            return new FileSystemTraits
            {
                Name = name ?? LocalTypes.GetValueOrDefault(type) ?? $"type {type:x}",
                IsNetwork = network,
                KnowsWriters = reader?.Writers() == WriterState.Open,
                ExchangesNames = files.Rename(first, second, RenameMode.Exchange) == FileFault.None,
                RenamesWithoutReplacing = files.Rename(first, second, RenameMode.NoReplace) == FileFault.Exists,
                NamesAreBytes = true,
            };
        }
        finally
        {
            _ = files.Delete(first);
            _ = files.Delete(second);
        }
    }
}
