namespace Actors.Client.FileSystem;

/// <summary>What the file system says about a file. Times are nanoseconds since 1970-01-01 UTC on the file system's clock.</summary>
public readonly record struct FileStat(FileKind Kind, ulong Device, FileSignature Signature, int Mode)
{
    /// <summary>Something is mounted there, of the same file system perhaps. False where that is not known.</summary>
    public bool IsMountPoint { get; init; }

    public bool IsRegular => Kind == FileKind.Regular;
    public bool IsDirectory => Kind == FileKind.Directory;
    public ulong Inode => Signature.Inode;
    public long Size => Signature.Size;
}

/// <summary>What a name leads to, symbolic links not followed.</summary>
public enum FileKind
{
    Regular,
    Directory,
    SymbolicLink,
    /// <summary>A socket, a device, a pipe: nothing that has content to keep.</summary>
    Special,
}

/// <summary>
/// Equal signatures mean equal bytes, except for writes that fall into one tick of the file system's clock: see
/// <see cref="IsSettledAt"/>. Times are nanoseconds since 1970-01-01 UTC.
/// </summary>
public readonly record struct FileSignature(ulong Inode, long Size, long ModifiedNs, long ChangedNs)
{
    /// <summary>A write this short before a look may share its time with a write after it.</summary>
    public static readonly TimeSpan TrustAfter = TimeSpan.FromSeconds(2);

    /// <summary>Whether a file that was looked at then, and had this signature, can have been written since only by changing it.</summary>
    /// <param name="lookedAtNs">When the look began, on the file system's clock.</param>
    public bool IsSettledAt(long lookedAtNs) => IsUnchangedFor(TrustAfter, lookedAtNs);

    /// <summary>Whether the last change was longer ago than this, as far as the times tell.</summary>
    public bool IsUnchangedFor(TimeSpan span, long nowNs) =>
        Math.Max(ModifiedNs, ChangedNs) + span.Ticks * TimeSpan.NanosecondsPerTick < nowNs;
}
