namespace Actors.Client.FileSystem;

/// <summary>
/// What may be put on the disk beside the reserve, which the node needs for its own state. It is a reserve of bytes, and of
/// files in the proportion in which file systems are made; and each file takes whole blocks.
/// </summary>
/// <param name="files">On that disk.</param>
/// <param name="reserveBytes">What is left free.</param>
public sealed class DiskRoom(IFileSystem files, long reserveBytes)
{
    private const long ReserveBytesPerFile = 16 << 10;
    private const long BlockBytes = 4 << 10;

    /// <summary>Less than 0: not even the reserve is free.</summary>
    public long FreeBytes() => FreeFiles() > 0 ? files.FreeBytes() - reserveBytes : Math.Min(0, files.FreeBytes() - reserveBytes);

    /// <summary>The same, of files and directories.</summary>
    public long FreeFiles() => files.FreeFiles() - reserveBytes / ReserveBytesPerFile;

    /// <summary>What a new file takes: its blocks, and one for its name.</summary>
    public static long BytesOf(long contentBytes) => (contentBytes + BlockBytes - 1) / BlockBytes * BlockBytes + BlockBytes;
}
