using Actors.Client.FileSystem;
using Actors.Lab.World.Disks;
using Actors.Messages.Tree;

namespace Actors.Lab.Files;

/// <summary>
/// A directory of a simulated disk as a replica sees it: as LinuxFileSystem, call by call, and every call is one of the
/// process's to its disk. Belongs to the directory that it was opened on, wherever that is moved.
/// </summary>
internal sealed class SimulatedFileSystem : IFileSystem
{
    private const int OwnFileMode = 0x180;

    private readonly DiskProcess _process;
    private readonly DiskPath _rootPath;
    private readonly DiskDirectory _root;
    private readonly bool _exchangesNames;
    private readonly bool _tellsAll;

    private SimulatedFileSystem(DiskProcess process, DiskPath rootPath, DiskDirectory root, bool exchangesNames, bool tellsAll)
    {
        _process = process;
        _rootPath = rootPath;
        _root = root;
        (_exchangesNames, _tellsAll) = (exchangesNames, tellsAll);
    }

    /// <param name="process">Whose calls they are.</param>
    /// <param name="directory">The replica.</param>
    /// <param name="exchangesNames">False: as on file systems without RENAME_EXCHANGE.</param>
    /// <param name="tellsAll">False: notices say only where something changed, as on systems other than Linux.</param>
    /// <exception cref="FileFaultException">There is no directory, or it cannot be opened.</exception>
    public static SimulatedFileSystem Open(DiskProcess process, DiskPath directory, bool exchangesNames = true, bool tellsAll = true)
    {
        try
        {
            return new SimulatedFileSystem(process, directory, process.OpenDirectory(directory), exchangesNames, tellsAll);
        }
        catch (DiskException e)
        {
            throw DiskFault.Of("open", RelativePath.Root, e.Error);
        }
    }

    public FileSystemTraits Probe(RelativePath scratch)
    {
        var first = scratch.Child("probe-1"u8);
        var second = scratch.Child("probe-2"u8);
        _ = Delete(first);
        _ = Delete(second);
        try
        {
            using var writer = Create(first, OwnFileMode);
            Create(second, OwnFileMode).Dispose();
            using var reader = OpenRead(first);
            return new FileSystemTraits
            {
                Name = "simulated",
                IsNetwork = false,
                KnowsWriters = reader?.Writers() == WriterState.Open,
                ExchangesNames = Rename(first, second, RenameMode.Exchange) == FileFault.None,
                RenamesWithoutReplacing = Rename(first, second, RenameMode.NoReplace) == FileFault.Exists,
                NamesAreBytes = true,
            };
        }
        finally
        {
            _ = Delete(first);
            _ = Delete(second);
        }
    }

    public bool RootIsInPlace() => _process.TryStat(_rootPath, out var stat) == DiskError.None && stat?.Inode == _root.Number;

    public FileStat? Stat(RelativePath path)
    {
        var error = At(path, out var at);
        DiskStat? stat = null;
        if (error == DiskError.None)
            error = _process.TryStat(at, out stat);
        if (error != DiskError.None && !DiskFault.IsNothingThere("stat", path, error))
            throw DiskFault.Of("stat", path, error);
        return stat is { } found ? SimulatedFileHandle.Convert(found) : null;
    }

    public IReadOnlyList<DirectoryItem>? List(RelativePath directory)
    {
        var error = At(directory, out var at);
        IReadOnlyList<DiskItem> items = [];
        if (error == DiskError.None)
            error = _process.TryList(at, out items);
        if (error != DiskError.None)
            return DiskFault.IsNothingThere("list", directory, error) ? null : throw DiskFault.Of("list", directory, error);
        var listed = new DirectoryItem[items.Count];
        for (var i = 0; i < listed.Length; i++)
        {
            listed[i] = new DirectoryItem(items[i].Name, items[i].Kind switch
            {
                InodeKind.File => FileKind.Regular,
                InodeKind.Directory => FileKind.Directory,
                InodeKind.SymbolicLink => FileKind.SymbolicLink,
                _ => FileKind.Special,
            });
        }
        return listed;
    }

    public IFileHandle? OpenRead(RelativePath path)
    {
        var error = Open(path, OpenModes.Read, 0, out var file);
        // As on Linux, directories and pipes are opened first and checked afterwards.
        if (error is DiskError.IsDirectory or DiskError.Invalid)
            return null;
        if (error == DiskError.None)
            return new SimulatedFileHandle(file!, path, isForWriting: false);
        return DiskFault.IsNothingThere("open", path, error) ? null : throw DiskFault.Of("open", path, error);
    }

    public IFileHandle Create(RelativePath path, int mode) =>
        Open(path, OpenModes.ReadWrite | OpenModes.Create | OpenModes.Exclusive, mode, out var file) is var error && error == DiskError.None
            ? new SimulatedFileHandle(file!, path, isForWriting: true)
            : throw DiskFault.Of("create", path, error);

    public IFileHandle OpenOrCreate(RelativePath path) =>
        Open(path, OpenModes.ReadWrite | OpenModes.Create, OwnFileMode, out var file) is var error && error == DiskError.None
            ? new SimulatedFileHandle(file!, path, isForWriting: true)
            : throw DiskFault.Of("open", path, error);

    public FileFault MakeDirectory(RelativePath path)
    {
        var error = At(path, out var at);
        return DiskFault.PathFault("mkdir", path, error == DiskError.None ? _process.TryMakeDirectory(at) : error);
    }

    public FileFault RemoveDirectory(RelativePath path)
    {
        var error = At(path, out var at);
        return DiskFault.PathFault("rmdir", path, error == DiskError.None ? _process.TryRemoveDirectory(at) : error);
    }

    public FileFault Delete(RelativePath path)
    {
        var error = At(path, out var at);
        return DiskFault.PathFault("unlink", path, error == DiskError.None ? _process.TryUnlink(at) : error);
    }

    public FileFault Rename(RelativePath from, RelativePath to, RenameMode mode)
    {
        if (mode == RenameMode.Exchange && !_exchangesNames)
            return FileFault.Unsupported;
        var behavior = mode switch
        {
            RenameMode.NoReplace => RenameBehavior.NoReplace,
            RenameMode.Exchange => RenameBehavior.Exchange,
            _ => RenameBehavior.Replace,
        };
        var error = At(from, out var source);
        if (error == DiskError.None)
            error = At(to, out var target) is var fault and not DiskError.None ? fault : _process.TryRename(source, target, behavior);
        return DiskFault.PathFault("rename", to.IsReserved ? from : to, error);
    }

    public bool FlushDirectory(RelativePath directory)
    {
        var error = At(directory, out var at);
        DiskStat? synced = null;
        if (error == DiskError.None)
            error = _process.TrySyncDirectory(at, out synced);
        if (error == DiskError.None)
            return synced?.Device == _root.Device;
        return DiskFault.IsNothingThere("fsync", directory, error)
            ? DiskFault.ToFault(error) == FileFault.NotFound
            : throw DiskFault.Of("fsync", directory, error);
    }

    public void FlushAll()
    {
        if (_process.TrySyncAll() is var error and not DiskError.None)
            throw DiskFault.Of("syncfs", RelativePath.Root, error);
    }

    public IDisposable? TryLock(RelativePath path)
    {
        var error = Open(path, OpenModes.ReadWrite | OpenModes.Create, OwnFileMode, out var file);
        if (error != DiskError.None)
            throw DiskFault.Of("lock", path, error);
        try
        {
            if (file!.TryLock())
                return file;
        }
        catch (DiskException e)
        {
            error = e.Error;
        }
        file!.Dispose();
        return error == DiskError.None ? null : throw DiskFault.Of("lock", path, error);
    }

    public long FreeBytes() => _process.FreeBytes();

    public IWatchSource Watch(Action signal) => new SimulatedWatchSource(_process, this, signal, _tellsAll);

    public void Dispose() => _root.Dispose();

    /// <summary>Where on the disk a path of the replica is now.</summary>
    internal DiskError At(RelativePath path, out DiskPath at)
    {
        at = default;
        if (_root.Path is not { } root)
            return DiskError.NoEntry;
        at = path.IsRoot ? root : root / DiskPath.Of(path.Bytes);
        return DiskError.None;
    }

    private DiskError Open(RelativePath path, OpenModes modes, int mode, out Descriptor? file)
    {
        file = null;
        var error = At(path, out var at);
        return error == DiskError.None ? _process.TryOpen(at, modes, mode, out file) : error;
    }
}
