namespace Actors.Lab.World.Disks;

/// <summary>
/// A process that uses the disk by calls that mean what POSIX says. It can be killed at any of them: then its descriptors
/// are closed, its locks are free, and every further call throws <see cref="ProcessKilledException"/>. Each call has a
/// form that returns its error, and one that throws it as a <see cref="DiskException"/>.
/// </summary>
internal sealed partial class DiskProcess
{
    private readonly SimulatedDisk _disk;
    private readonly IDiskGate? _gate;
    private readonly List<IDisposable> _open = [];

    internal DiskProcess(SimulatedDisk disk, string name, IDiskGate? gate)
    {
        _disk = disk;
        _gate = gate;
        Name = name;
    }

    public string Name { get; }

    /// <summary>Of what this process makes, it is the owner.</summary>
    public int User { get; init; }

    public bool IsKilled { get; private set; }

    /// <summary>True for a node's process, whose calls pass a gate; false for a user's.</summary>
    internal bool HasGate => _gate is not null;

    /// <summary>Nothing that this process syncs is durable for it, though it is told so: as on a drive whose cache lies.</summary>
    public bool SyncsInNameOnly { get; set; }

    /// <summary>Ends the process at once. The others see what it wrote, but it is not synced.</summary>
    public void Kill()
    {
        if (IsKilled)
            return;
        IsKilled = true;
        foreach (var descriptor in _open.ToList())
            descriptor.Dispose();
        _disk.Ended(this);
    }

    /// <summary>As open(2) with O_NOFOLLOW.</summary>
    public DiskError TryOpen(DiskPath path, OpenModes modes, int mode, out Descriptor? descriptor)
    {
        var call = new DiskCall(this, DiskOperation.Open, path);
        var error = Enter(call);
        descriptor = null;
        if (error == DiskError.None)
            error = FindOrCreate(path, modes, mode, out var inode) is var fault and not DiskError.None ? fault : Open(inode!, path, modes, out descriptor);
        Leave(call);
        return error;
    }

    /// <summary>Null where nothing is there. Links are not followed.</summary>
    public DiskError TryStat(DiskPath path, out DiskStat? stat)
    {
        var call = new DiskCall(this, DiskOperation.Stat, path);
        var error = Enter(call);
        stat = null;
        if (error == DiskError.None)
        {
            error = _disk.Names.Find(path, out var inode);
            if (error == DiskError.None)
                stat = StatOf(inode!);
            else if (error is DiskError.NoEntry or DiskError.NotDirectory)
                error = DiskError.None;
        }
        Leave(call);
        return error;
    }

    /// <summary>In no order that a caller may rely on.</summary>
    public DiskError TryList(DiskPath directory, out IReadOnlyList<DiskItem> items)
    {
        var call = new DiskCall(this, DiskOperation.List, directory);
        var error = Enter(call);
        items = [];
        if (error == DiskError.None)
        {
            const int ownerMayRead = 0x100;
            error = FindDirectory(directory, out var inode);
            if (error == DiskError.None && (inode!.Mode & ownerMayRead) == 0)
                error = DiskError.Access;
            if (error == DiskError.None && !inode!.IsMountedOver)
                items = [.. inode!.Names.Select(entry => new DiskItem(System.Text.Encoding.Latin1.GetBytes(entry.Key), entry.Value.Kind))];
        }
        Leave(call);
        return error;
    }

    public DiskError TryMakeDirectory(DiskPath path, int mode = 0x1ed) => Make(DiskOperation.MakeDirectory, path, InodeKind.Directory, mode, "");

    public DiskError TryRemoveDirectory(DiskPath path) => Remove(DiskOperation.RemoveDirectory, path, directory: true);

    /// <summary>Removes a name of anything but a directory. A process that has the file open keeps it.</summary>
    public DiskError TryUnlink(DiskPath path) => Remove(DiskOperation.Unlink, path, directory: false);

    public DiskError TryRename(DiskPath from, DiskPath to, RenameBehavior behavior = RenameBehavior.Replace)
    {
        var call = new DiskCall(this, DiskOperation.Rename, from) { To = to };
        var error = Enter(call);
        if (error == DiskError.None)
            error = Rename(from, to, behavior, _disk.Names);
        Leave(call);
        return error;
    }

    /// <summary>Makes the names in a directory durable: those of what is mounted there, where something is.</summary>
    public DiskError TrySyncDirectory(DiskPath directory, out DiskStat? synced)
    {
        var call = new DiskCall(this, DiskOperation.SyncDirectory, directory);
        var error = Enter(call);
        synced = null;
        if (error == DiskError.None)
        {
            error = FindDirectory(directory, out var inode);
            if (error == DiskError.None)
                synced = StatOf(inode!);
            if (error == DiskError.None && !SyncsInNameOnly && !inode!.IsMountedOver)
                _disk.SyncNames(inode);
        }
        Leave(call);
        return error;
    }

    /// <summary>Makes everything durable: syncfs(2).</summary>
    public DiskError TrySyncAll()
    {
        var call = new DiskCall(this, DiskOperation.SyncAll, default);
        var error = Enter(call);
        if (error == DiskError.None && !SyncsInNameOnly)
            _disk.SyncAll();
        Leave(call);
        return error;
    }

    public long FreeBytes() => _disk.FreeBytes;

    /// <summary>Starts to watch. The signal says that there is something to take.</summary>
    public DiskWatch Watch(Action signal)
    {
        var watch = new DiskWatch(_disk, this, signal);
        _disk.Watches.Add(watch);
        return watch;
    }

    /// <summary>Before a call has its effect the world may act. An error fails the call.</summary>
    internal DiskError Enter(DiskCall call)
    {
        ThrowIfKilled();
        var error = _gate?.Before(call) ?? DiskError.None;
        ThrowIfKilled();
        return error;
    }

    /// <summary>After it.</summary>
    internal void Leave(DiskCall call)
    {
        _gate?.After(call);
        ThrowIfKilled();
    }

    internal void LeaveOrThrow(DiskCall call, DiskError error)
    {
        Leave(call);
        Check(error, call.Operation, call.At);
    }

    internal DiskStat StatOf(Inode inode) =>
        new(inode.Kind, _disk.Settings.Device + (inode.IsMountedOver ? 1UL : 0), inode.Number, inode.IsFile ? inode.Bytes.Length : inode.LinkTarget.Length, inode.ModifiedNs, inode.ChangedNs, inode.Mode);

    internal void Closed(IDisposable descriptor) => _open.Remove(descriptor);

    private void ThrowIfKilled()
    {
        if (IsKilled)
            throw new ProcessKilledException(Name);
    }

    private DiskError FindOrCreate(DiskPath path, OpenModes modes, int mode, out Inode? inode)
    {
        inode = null;
        var error = _disk.Names.FindParent(path, out var parent, out var name);
        if (error != DiskError.None)
            return error;
        inode = name.Length == 0 ? parent! : parent!.Names.GetValueOrDefault(name);
        error = CheckOpen(inode, modes);
        if (error != DiskError.None || inode is not null)
            return error;
        inode = _disk.Create(InodeKind.File, mode, User);
        return inode is null ? DiskError.NoSpace : _disk.Names.Add(this, parent!, name, inode);
    }

    private DiskError Open(Inode inode, DiskPath path, OpenModes modes, out Descriptor descriptor)
    {
        descriptor = new Descriptor(_disk, this, inode, path, modes);
        _open.Add(descriptor);
        if ((modes & OpenModes.Truncate) != 0 && inode.Bytes.Length > 0)
            descriptor.Truncate(0);
        return DiskError.None;
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

    private DiskError Make(DiskOperation operation, DiskPath path, InodeKind kind, int mode, string target)
    {
        var call = new DiskCall(this, operation, path);
        var error = Enter(call);
        if (error == DiskError.None)
        {
            error = _disk.Names.FindParent(path, out var parent, out var name);
            if (error == DiskError.None)
            {
                if (name.Length == 0 || parent!.Names.ContainsKey(name))
                    error = DiskError.Exists;
                else
                    error = _disk.Create(kind, mode, User, target) is { } inode ? _disk.Names.Add(this, parent, name, inode) : DiskError.NoSpace;
            }
        }
        Leave(call);
        return error;
    }

    private DiskError Remove(DiskOperation operation, DiskPath path, bool directory)
    {
        var call = new DiskCall(this, operation, path);
        var error = Enter(call);
        if (error == DiskError.None)
        {
            error = _disk.Names.FindParent(path, out var parent, out var name);
            if (error == DiskError.None)
                error = name.Length == 0 ? DiskError.Busy : _disk.Names.Remove(this, parent!, name, directory);
        }
        Leave(call);
        return error;
    }

    private DiskError Rename(DiskPath from, DiskPath to, RenameBehavior behavior, NameTree names)
    {
        var error = names.FindParent(from, out var fromParent, out var fromName);
        if (error != DiskError.None)
            return error;
        error = names.FindParent(to, out var toParent, out var toName);
        if (error != DiskError.None)
            return error;
        return fromName.Length == 0 || toName.Length == 0 ? DiskError.Busy : names.Rename(this, fromParent!, fromName, toParent!, toName, behavior);
    }

    private DiskError Link(DiskPath file, DiskPath name, NameTree names)
    {
        var error = names.Find(file, out var inode);
        if (error != DiskError.None)
            return error;
        if (!inode!.IsFile)
            return DiskError.Access;
        error = names.FindParent(name, out var parent, out var last);
        if (error != DiskError.None)
            return error;
        inode.ChangedNs = _disk.NowNs;
        return last.Length == 0 ? DiskError.Exists : names.Add(this, parent!, last, inode);
    }
}
