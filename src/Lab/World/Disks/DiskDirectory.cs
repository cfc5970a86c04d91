namespace Actors.Lab.World.Disks;

/// <summary>An open directory: it stays the same when it is moved.</summary>
internal sealed class DiskDirectory : IDisposable
{
    private readonly SimulatedDisk _disk;
    private readonly DiskProcess _process;
    private readonly Inode _inode;
    private DiskPath? _path;
    private long _pathSince;
    private bool _isClosed;

    internal DiskDirectory(SimulatedDisk disk, DiskProcess process, Inode inode)
    {
        _disk = disk;
        _process = process;
        _inode = inode;
        _pathSince = -1;
        inode.OpenDescriptors++;
    }

    public ulong Number => _inode.Number;

    public ulong Device => _disk.Settings.Device;

    /// <summary>Where it is now; null once it was removed.</summary>
    public DiskPath? Path
    {
        get
        {
            if (_pathSince == _disk.Names.DirectoryChanges)
                return _path;
            _pathSince = _disk.Names.DirectoryChanges;
            return _path = Find();
        }
    }

    public void Dispose()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        _inode.OpenDescriptors--;
        _process.Closed(this);
        _disk.Release(_inode);
    }

    private DiskPath? Find()
    {
        var names = new Stack<string>();
        for (var inode = _inode; inode != _disk.Names.Root; inode = inode.Parent)
        {
            if (inode.Parent is null)
                return null;
            names.Push(inode.Name);
        }
        return DiskPath.OfOpenDirectory(names);
    }
}
