namespace Actors.Lab.World.Disks;

/// <summary>An open file. It stays the same file when its name changes, or goes.</summary>
internal sealed class Descriptor : IDisposable
{
    private readonly SimulatedDisk _disk;
    private readonly DiskProcess _process;
    private readonly Inode _inode;
    private readonly DiskPath _path;
    private readonly OpenModes _modes;
    private bool _isClosed;
    private bool _hasDirtyPages;

    internal Descriptor(SimulatedDisk disk, DiskProcess process, Inode inode, DiskPath path, OpenModes modes)
    {
        _disk = disk;
        _process = process;
        _inode = inode;
        _path = path;
        _modes = modes;
        disk.OpenFiles++;
        inode.OpenDescriptors++;
        inode.OpenForWriting += IsForWriting ? 1 : 0;
    }

    /// <summary>The file's, even if it was renamed since.</summary>
    public ulong Number => _inode.Number;

    private bool IsForWriting => (_modes & OpenModes.Write) != 0;

    /// <exception cref="DiskException">As with every call here.</exception>
    public DiskStat Stat()
    {
        var error = Enter(DiskOperation.Stat, OpenModes.ReadWrite, out var call);
        var stat = error == DiskError.None ? _process.StatOf(_inode) : default;
        _process.LeaveOrThrow(call, error);
        return stat;
    }

    /// <summary>Fills the buffer as far as the file goes; returns the bytes read.</summary>
    public int Read(long offset, Span<byte> buffer)
    {
        var error = Enter(DiskOperation.Read, OpenModes.Read, out var call);
        var read = error == DiskError.None ? _inode.Bytes.Read(offset, buffer) : 0;
        _process.LeaveOrThrow(call, error);
        return read;
    }

    /// <summary>Returns the bytes written: fewer than given where the disk is full then.</summary>
    public int Write(long offset, ReadOnlySpan<byte> content)
    {
        var error = Enter(DiskOperation.Write, OpenModes.Write, out var call);
        var written = 0;
        if (error == DiskError.None && !content.IsEmpty)
        {
            var growth = Math.Max(0, offset + content.Length - _inode.Bytes.Length);
            var missing = (int)Math.Min(content.Length, Math.Max(0, growth - _disk.FreeBytes));
            written = content.Length - missing;
            if (written == 0)
            {
                error = DiskError.NoSpace;
            }
            else
            {
                var before = _inode.Bytes.Length;
                _inode.Bytes.Write((int)offset, content[..written]);
                _disk.UsedBytes += _inode.Bytes.Length - before;
                Touch();
            }
        }
        _process.LeaveOrThrow(call, error);
        return written;
    }

    /// <summary>
    /// Writes through a mapping, which adds nothing to a file: no watch reports it, and only the first write since the last
    /// <see cref="Sync"/> changes the file's times.
    /// </summary>
    public void WriteMapped(long offset, ReadOnlySpan<byte> content)
    {
        var error = Enter(DiskOperation.Write, OpenModes.Write, out var call);
        if (error == DiskError.None && offset < _inode.Bytes.Length)
        {
            _inode.Bytes.Write((int)offset, content[..(int)Math.Min(content.Length, _inode.Bytes.Length - offset)]);
            if (!_hasDirtyPages)
                _inode.ModifiedNs = _inode.ChangedNs = _disk.NowNs;
            _hasDirtyPages = true;
        }
        _process.LeaveOrThrow(call, error);
    }

    /// <summary>Writes at the current end.</summary>
    public int Append(ReadOnlySpan<byte> content) => Write(_inode.Bytes.Length, content);

    public void SetLength(long bytes)
    {
        var error = Enter(DiskOperation.SetLength, OpenModes.Write, out var call);
        if (error == DiskError.None && bytes - _inode.Bytes.Length > _disk.FreeBytes)
            error = DiskError.NoSpace;
        if (error == DiskError.None)
            Truncate((int)bytes);
        _process.LeaveOrThrow(call, error);
    }

    public void SetMode(int mode)
    {
        var error = Enter(DiskOperation.SetMode, OpenModes.ReadWrite, out var call);
        if (error == DiskError.None)
        {
            _inode.Mode = mode;
            _inode.ChangedNs = _disk.NowNs;
            _disk.Names.TellParent(_inode, _path, WatchEventKind.Attributes);
        }
        _process.LeaveOrThrow(call, error);
    }

    /// <summary>Makes the bytes durable, but not the name.</summary>
    public void Sync()
    {
        var error = Enter(DiskOperation.Sync, OpenModes.ReadWrite, out var call);
        if (error == DiskError.None && !_process.SyncsInNameOnly)
            _inode.Bytes.Sync();
        _hasDirtyPages &= error != DiskError.None;
        _process.LeaveOrThrow(call, error);
    }

    /// <summary>Locks the file until this is closed; false where another descriptor has the lock: flock(2).</summary>
    public bool TryLock()
    {
        var error = Enter(DiskOperation.Lock, OpenModes.ReadWrite, out var call);
        if (error == DiskError.None)
            _inode.LockedBy ??= this;
        _process.LeaveOrThrow(call, error);
        return _inode.LockedBy == this;
    }

    /// <summary>Whether this process is told who has the file open for writing: its owner is, as with leases on Linux.</summary>
    public bool TellsWriters => _process.User == _inode.Owner;

    /// <summary>Whether another descriptor has the file open for writing.</summary>
    public bool HasOtherWriters() => _inode.OpenForWriting > (IsForWriting ? 1 : 0);

    public void Dispose()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        if (_inode.LockedBy == this)
            _inode.LockedBy = null;
        _disk.OpenFiles--;
        _inode.OpenDescriptors--;
        _process.Closed(this);
        if (IsForWriting)
        {
            _inode.OpenForWriting--;
            _disk.Names.TellParent(_inode, _path, WatchEventKind.ClosedAfterWrite);
        }
        _disk.Release(_inode);
    }

    internal void Truncate(int bytes)
    {
        _disk.UsedBytes += bytes - _inode.Bytes.Length;
        _inode.Bytes.SetLength(bytes);
        Touch();
    }

    private void Touch()
    {
        _inode.ModifiedNs = _inode.ChangedNs = _disk.NowNs;
        _disk.Names.TellParent(_inode, _path, WatchEventKind.Modified);
    }

    private DiskError Enter(DiskOperation operation, OpenModes anyOf, out DiskCall call)
    {
        call = new DiskCall(_process, operation, _path);
        var error = _process.Enter(call);
        return error == DiskError.None && (_isClosed || (_modes & anyOf) == 0) ? DiskError.BadDescriptor : error;
    }
}
