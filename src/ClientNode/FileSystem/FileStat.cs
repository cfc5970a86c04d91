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
