namespace Actors.Simulation.Disks;

/// <summary>An open file. It stays the same file when its name changes, or goes.</summary>
public sealed class Descriptor : IDisposable
{
    private readonly SimulatedDisk _disk;
    private readonly DiskProcess _process;
    private readonly Inode _inode;
    private readonly DiskPath _path;
    private readonly OpenModes _modes;
    private bool _isClosed;

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

    private bool IsForWriting => _modes.HasFlag(OpenModes.Write);

    public DiskStat Stat() => Call(DiskOperation.Stat, OpenModes.Read | OpenModes.Write, () => (DiskError.None, _process.StatOf(_inode)));

    /// <summary>Fills the buffer as far as the file goes; returns the bytes read.</summary>
    public int Read(long offset, Memory<byte> buffer) =>
        Call(DiskOperation.Read, OpenModes.Read, () => (DiskError.None, _inode.Bytes.Read(offset, buffer.Span)));

    /// <summary>Returns the bytes written: fewer than given where the disk is full then.</summary>
    public int Write(long offset, ReadOnlyMemory<byte> content) => Call(DiskOperation.Write, OpenModes.Write, () =>
    {
        if (content.IsEmpty)
            return (DiskError.None, 0);
        var growth = Math.Max(0, offset + content.Length - _inode.Bytes.Length);
        var missing = (int)Math.Min(content.Length, Math.Max(0, growth - _disk.FreeBytes));
        if (missing == content.Length && missing > 0)
            return (DiskError.NoSpace, 0);
        var written = content.Length - missing;
        _inode.Bytes.Write((int)offset, content.Span[..written]);
        Touch();
        return (DiskError.None, written);
    });

    /// <summary>Writes at the end, wherever that is by now.</summary>
    public int Append(ReadOnlyMemory<byte> content) => Write(_inode.Bytes.Length, content);

    public void SetLength(long bytes) => Call(DiskOperation.SetLength, OpenModes.Write, () =>
    {
        if (bytes - _inode.Bytes.Length > _disk.FreeBytes)
            return (DiskError.NoSpace, true);
        Truncate((int)bytes);
        return (DiskError.None, true);
    });

    public void SetMode(int mode) => Call(DiskOperation.SetMode, OpenModes.Read | OpenModes.Write, () =>
    {
        _inode.Mode = mode;
        _inode.ChangedNs = _disk.NowNs;
        NameTree.TellParent(_inode, WatchEventKind.Attributes);
        return (DiskError.None, true);
    });

    /// <summary>Makes the bytes durable; the name is another matter.</summary>
    public void Sync() => Call(DiskOperation.Sync, OpenModes.Read | OpenModes.Write, () =>
    {
        _inode.Bytes.Sync();
        return (DiskError.None, true);
    });

    /// <summary>Whether anybody else has the file open for writing.</summary>
    public bool HasOtherWriters() => _inode.OpenForWriting > (IsForWriting ? 1 : 0);

    public void Dispose()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        _disk.OpenFiles--;
        _inode.OpenDescriptors--;
        _process.Closed(this);
        if (IsForWriting)
        {
            _inode.OpenForWriting--;
            NameTree.TellParent(_inode, WatchEventKind.ClosedAfterWrite);
        }
        _disk.Release(_inode);
    }

    internal void Truncate(int bytes)
    {
        _inode.Bytes.SetLength(bytes);
        Touch();
    }

    private void Touch()
    {
        _inode.ModifiedNs = _inode.ChangedNs = _disk.NowNs;
        NameTree.TellParent(_inode, WatchEventKind.Modified);
    }

    private T Call<T>(DiskOperation operation, OpenModes anyOf, Func<(DiskError, T)> work) => _process.Call(
        operation, _path, () => _isClosed || (_modes & anyOf) == 0 ? (DiskError.BadDescriptor, default!) : work());
}
