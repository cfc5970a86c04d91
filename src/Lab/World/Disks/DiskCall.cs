namespace Actors.Lab.World.Disks;

/// <summary>One call of a process. For a call on a descriptor the path is the one that was opened.</summary>
internal readonly record struct DiskCall(DiskProcess Process, DiskOperation Operation, DiskPath At)
{
    public string Path => At.ToString();

    /// <summary>The other name of a call that has two.</summary>
    public DiskPath? To { get; init; }

    public override string ToString() => $"{Process.Name} {Operation} {Path}";
}

internal enum DiskOperation
{
    Open,
    Read,
    Write,
    SetLength,
    SetMode,
    Sync,
    Stat,
    List,
    MakeDirectory,
    RemoveDirectory,
    Unlink,
    Rename,
    MakeLink,
    SyncDirectory,
    SyncAll,
    Lock,
    Watch,
}

[Flags]
internal enum OpenModes
{
    Read = 1,
    Write = 2,
    ReadWrite = Read | Write,
    Create = 4,
    /// <summary>With <see cref="Create"/>: fails where the name is taken.</summary>
    Exclusive = 8,
    Truncate = 16,
}

internal enum RenameBehavior
{
    Replace,
    NoReplace,
    Exchange,
}

/// <summary>
/// Stands between a process and its disk: whatever the world does "at any call" happens here. Both methods may use the
/// disk as another process, and may kill the caller.
/// </summary>
internal interface IDiskGate
{
    /// <summary>Before the call has any effect. An error fails it.</summary>
    DiskError Before(DiskCall call);

    /// <summary>After the call's effect, before the caller knows.</summary>
    void After(DiskCall call);
}

/// <summary>Times are nanoseconds since 1970-01-01 UTC on the disk's clock, in its ticks.</summary>
internal readonly record struct DiskStat(InodeKind Kind, ulong Device, ulong Inode, long Size, long ModifiedNs, long ChangedNs, int Mode);

/// <summary>A name in a directory, as bytes, and what it leads to.</summary>
internal readonly record struct DiskItem(ReadOnlyMemory<byte> Name, InodeKind Kind);

internal enum InodeKind
{
    File,
    Directory,
    SymbolicLink,
    Special,
}
