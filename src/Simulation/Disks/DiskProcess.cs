namespace Actors.Simulation.Disks;

/// <summary>
/// A process that uses the disk by calls that mean what POSIX says. It can be killed at any of them: then its descriptors
/// are closed, its locks are free, and every further call throws <see cref="ProcessKilledException"/>.
/// </summary>
public sealed class DiskProcess
{
    private readonly SimulatedDisk _disk;
    private readonly IDiskGate? _gate;
    private readonly List<Descriptor> _open = [];
    private readonly List<Inode> _locks = [];

    internal DiskProcess(SimulatedDisk disk, string name, IDiskGate? gate)
    {
        _disk = disk;
        _gate = gate;
        Name = name;
    }

    public string Name { get; }

    public bool IsKilled { get; private set; }

    /// <summary>Ends the process without a word. What it wrote is seen by the others, and not synced.</summary>
    public void Kill()
    {
        if (IsKilled)
            return;
        IsKilled = true;
        foreach (var descriptor in _open.ToList())
            descriptor.Dispose();
        foreach (var inode in _locks)
            inode.LockedBy = null;
        _disk.Ended(this);
    }

    /// <exception cref="DiskException">As open(2) with O_NOFOLLOW.</exception>
    public Descriptor Open(DiskPath path, OpenModes modes, int mode = 0x1a4) => Call(DiskOperation.Open, path, () =>
    {
        var error = _disk.Names.FindParent(path, out var parent, out var name);
        if (error != DiskError.None)
            return (error, default(Descriptor)!);
        var inode = name.Length == 0 ? parent! : parent!.Names.GetValueOrDefault(name);
        error = CheckOpen(inode, modes);
        if (error != DiskError.None)
            return (error, default!);
        if (inode is null)
        {
            inode = _disk.Create(InodeKind.File, mode);
            if (inode is null)
                return (DiskError.NoSpace, default!);
            _disk.Names.Add(parent!, name, inode);
        }
        var descriptor = new Descriptor(_disk, this, inode, path, modes);
        _open.Add(descriptor);
        if (modes.HasFlag(OpenModes.Truncate) && inode.Bytes.Length > 0)
            descriptor.Truncate(0);
        return (DiskError.None, descriptor);
    });

    /// <summary>Null where nothing is there. Links are not followed.</summary>
    public DiskStat? Stat(DiskPath path) => Call(DiskOperation.Stat, path, () => _disk.Names.Find(path, out var inode) switch
    {
        DiskError.None => (DiskError.None, StatOf(inode!)),
        DiskError.NoEntry or DiskError.NotDirectory => (DiskError.None, default(DiskStat?)),
        var error => (error, null),
    });

    /// <summary>In no order that a caller may rely on.</summary>
    public IReadOnlyList<DiskItem> List(DiskPath directory) => Call(DiskOperation.List, directory, () =>
    {
        var error = FindDirectory(directory, out var inode);
        IReadOnlyList<DiskItem> items = error == DiskError.None
            ? [.. inode!.Names.Select(entry => new DiskItem(System.Text.Encoding.Latin1.GetBytes(entry.Key), entry.Value.Kind))]
            : [];
        return (error, items);
    });

    public void MakeDirectory(DiskPath path, int mode = 0x1ed) => Make(DiskOperation.MakeDirectory, path, InodeKind.Directory, mode, "");

    public void MakeLink(DiskPath path, string target) => Make(DiskOperation.MakeLink, path, InodeKind.SymbolicLink, 0x1ff, target);

    /// <summary>A socket, a pipe: something without content.</summary>
    public void MakeSpecial(DiskPath path) => Make(DiskOperation.MakeLink, path, InodeKind.Special, 0x1a4, "");

    public void RemoveDirectory(DiskPath path) => Call(DiskOperation.RemoveDirectory, path, () => Remove(path, directory: true));

    /// <summary>Removes a name of anything but a directory. Whoever has the file open goes on with it.</summary>
    public void Unlink(DiskPath path) => Call(DiskOperation.Unlink, path, () => Remove(path, directory: false));

    public void Rename(DiskPath from, DiskPath to, RenameBehavior behavior = RenameBehavior.Replace) => Call(DiskOperation.Rename, from, () =>
    {
        var error = _disk.Names.FindParent(from, out var fromParent, out var fromName);
        if (error == DiskError.None)
            error = _disk.Names.FindParent(to, out var toParent, out var toName) is var fault and not DiskError.None
                ? fault
                : fromName.Length == 0 || toName.Length == 0
                    ? DiskError.Busy
                    : _disk.Names.Rename(fromParent!, fromName, toParent!, toName, behavior);
        return (error, true);
    });

    /// <summary>Makes the names in a directory durable.</summary>
    public void SyncDirectory(DiskPath directory) => Call(DiskOperation.SyncDirectory, directory, () =>
    {
        var error = FindDirectory(directory, out var inode);
        if (error == DiskError.None)
            _disk.SyncNames(inode!);
        return (error, true);
    });

    /// <summary>Makes everything durable: syncfs(2).</summary>
    public void SyncAll() => Call(DiskOperation.SyncAll, default, () =>
    {
        _disk.SyncAll();
        return (DiskError.None, true);
    });

    public long FreeBytes() => _disk.FreeBytes;

    /// <summary>Locks a file until <see cref="Unlock"/> or the end of the process; false where another process has the lock.</summary>
    public bool TryLock(DiskPath path) => Call(DiskOperation.Lock, path, () =>
    {
        var error = _disk.Names.Find(path, out var inode);
        if (error != DiskError.None)
            return (error, false);
        if (inode!.LockedBy is not null)
            return (DiskError.None, inode.LockedBy == this);
        inode.LockedBy = this;
        _locks.Add(inode);
        return (DiskError.None, true);
    });

    public void Unlock(DiskPath path)
    {
        if (_disk.Names.Find(path, out var inode) == DiskError.None && inode!.LockedBy == this && _locks.Remove(inode))
            inode.LockedBy = null;
    }

    /// <summary>Starts to watch. The signal says that there is something to take.</summary>
    public DiskWatch Watch(Action signal)
    {
        var watch = new DiskWatch(_disk, this, signal);
        _disk.Watches.Add(watch);
        return watch;
    }

    internal T Call<T>(DiskOperation operation, DiskPath path, Func<(DiskError Error, T Result)> work)
    {
        var call = new DiskCall(this, operation, path.ToString());
        ThrowIfKilled();
        var error = _gate?.Before(call) ?? DiskError.None;
        ThrowIfKilled();
        var result = default(T)!;
        if (error == DiskError.None)
            (error, result) = work();
        _gate?.After(call);
        ThrowIfKilled();
        return error == DiskError.None ? result : throw new DiskException(error, operation.ToString(), call.Path);
    }

    internal DiskStat StatOf(Inode inode) =>
        new(inode.Kind, _disk.Settings.Device, inode.Number, inode.IsFile ? inode.Bytes.Length : inode.LinkTarget.Length, inode.ModifiedNs, inode.ChangedNs, inode.Mode);

    internal void Closed(Descriptor descriptor) => _open.Remove(descriptor);

    private void ThrowIfKilled()
    {
        if (IsKilled)
            throw new ProcessKilledException(Name);
    }

    private DiskError CheckOpen(Inode? inode, OpenModes modes)
    {
        const int ownerMayRead = 0x100, ownerMayWrite = 0x80;
        if (inode is null)
            return !modes.HasFlag(OpenModes.Create) ? DiskError.NoEntry : _disk.OpenFiles >= _disk.Settings.OpenFilesMax ? DiskError.TooManyFiles : DiskError.None;
        if (modes.HasFlag(OpenModes.Create | OpenModes.Exclusive))
            return DiskError.Exists;
        if (!inode.IsFile)
            return inode.Kind switch { InodeKind.Directory => DiskError.IsDirectory, InodeKind.SymbolicLink => DiskError.Link, _ => DiskError.Invalid };
        if ((modes.HasFlag(OpenModes.Read) && (inode.Mode & ownerMayRead) == 0) || (modes.HasFlag(OpenModes.Write) && (inode.Mode & ownerMayWrite) == 0))
            return DiskError.Access;
        return _disk.OpenFiles >= _disk.Settings.OpenFilesMax ? DiskError.TooManyFiles : DiskError.None;
    }

    private DiskError FindDirectory(DiskPath path, out Inode? inode)
    {
        var error = _disk.Names.Find(path, out inode);
        return error == DiskError.None && !inode!.IsDirectory ? DiskError.NotDirectory : error;
    }

    private void Make(DiskOperation operation, DiskPath path, InodeKind kind, int mode, string target) => Call(operation, path, () =>
    {
        var error = _disk.Names.FindParent(path, out var parent, out var name);
        if (error != DiskError.None)
            return (error, true);
        if (name.Length == 0 || parent!.Names.ContainsKey(name))
            return (DiskError.Exists, true);
        return (_disk.Create(kind, mode, target) is { } inode ? _disk.Names.Add(parent, name, inode) : DiskError.NoSpace, true);
    });

    private (DiskError Error, bool Done) Remove(DiskPath path, bool directory)
    {
        var error = _disk.Names.FindParent(path, out var parent, out var name);
        if (error == DiskError.None)
            error = name.Length == 0 ? DiskError.Busy : _disk.Names.Remove(parent!, name, directory);
        return (error, true);
    }
}
