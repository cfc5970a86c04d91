namespace Actors.Lab.World.Disks;

/// <summary>The calls as most callers want them: an error is a <see cref="DiskException"/>.</summary>
internal sealed partial class DiskProcess
{
    public Descriptor Open(DiskPath path, OpenModes modes, int mode = 0x1a4)
    {
        Check(TryOpen(path, modes, mode, out var descriptor), DiskOperation.Open, path);
        return descriptor!;
    }

    /// <summary>Opens a directory, which stays the same when it is moved.</summary>
    public DiskDirectory OpenDirectory(DiskPath path)
    {
        var call = new DiskCall(this, DiskOperation.Open, path);
        var error = Enter(call);
        DiskDirectory? opened = null;
        if (error == DiskError.None)
        {
            error = FindDirectory(path, out var inode);
            if (error == DiskError.None)
                _open.Add(opened = new DiskDirectory(_disk, this, inode!));
        }
        LeaveOrThrow(call, error);
        return opened!;
    }

    /// <summary>Null where nothing is there. Links are not followed.</summary>
    public DiskStat? Stat(DiskPath path)
    {
        Check(TryStat(path, out var stat), DiskOperation.Stat, path);
        return stat;
    }

    public IReadOnlyList<DiskItem> List(DiskPath directory)
    {
        Check(TryList(directory, out var items), DiskOperation.List, directory);
        return items;
    }

    public void MakeDirectory(DiskPath path, int mode = 0x1ed) => Check(TryMakeDirectory(path, mode), DiskOperation.MakeDirectory, path);

    public void MakeLink(DiskPath path, string target) =>
        Check(Make(DiskOperation.MakeLink, path, InodeKind.SymbolicLink, 0x1ff, target), DiskOperation.MakeLink, path);

    /// <summary>Another name for a file: link(2).</summary>
    public void Link(DiskPath file, DiskPath name)
    {
        var call = new DiskCall(this, DiskOperation.MakeLink, file) { To = name };
        var error = Enter(call);
        if (error == DiskError.None)
            error = Link(file, name, _disk.Names);
        LeaveOrThrow(call, error);
    }

    /// <summary>A socket, a pipe: something without content.</summary>
    public void MakeSpecial(DiskPath path) =>
        Check(Make(DiskOperation.MakeLink, path, InodeKind.Special, 0x1a4, ""), DiskOperation.MakeLink, path);

    public void RemoveDirectory(DiskPath path) => Check(TryRemoveDirectory(path), DiskOperation.RemoveDirectory, path);

    public void Unlink(DiskPath path) => Check(TryUnlink(path), DiskOperation.Unlink, path);

    public void Rename(DiskPath from, DiskPath to, RenameBehavior behavior = RenameBehavior.Replace) =>
        Check(TryRename(from, to, behavior), DiskOperation.Rename, from);

    public void SyncDirectory(DiskPath directory) => Check(TrySyncDirectory(directory, out _), DiskOperation.SyncDirectory, directory);

    public void SyncAll() => Check(TrySyncAll(), DiskOperation.SyncAll, default);

    private static void Check(DiskError error, DiskOperation operation, DiskPath path)
    {
        if (error != DiskError.None)
            throw new DiskException(error, operation.ToString(), path.ToString());
    }
}
