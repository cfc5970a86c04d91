namespace Actors.Lab.World.Disks;

/// <summary>Times are nanoseconds since 1970-01-01 UTC on the disk's clock, in its ticks.</summary>
public readonly record struct DiskStat(InodeKind Kind, ulong Device, ulong Inode, long Size, long ModifiedNs, long ChangedNs, int Mode);
