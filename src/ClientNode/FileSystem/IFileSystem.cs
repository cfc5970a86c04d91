using Actors.Messages.Tree;

namespace Actors.Client.FileSystem;

/// <summary>
/// A replica's directory and everything below it, by paths relative to it. Symbolic links are never followed, so nothing
/// outside is ever reached. Every call happens on the caller's thread. Where a method returns a <see cref="FileFault"/>,
/// it is what concerns the one path (of two: the user's); a fault that concerns more (the file system is full or read-only, the
/// root or the node's own directory is broken) throws <see cref="FileFaultException"/>.
/// </summary>
public interface IFileSystem : IDisposable
{
    /// <summary>Of the user's new files: reading and writing for all, less what the process's mask takes away.</summary>
    const int NewFileMode = 0x1b6;

    /// <summary>Finds out what this file system can do, by trying it with files in a directory of the node's own.</summary>
    FileSystemTraits Probe(RelativePath scratch);

    /// <summary>Whether the path given at the start still leads to this directory: false once it was unmounted, moved or replaced.</summary>
    bool RootIsInPlace();

    /// <summary>Null where nothing is there.</summary>
    FileStat? Stat(RelativePath path);

    /// <summary>The names in a directory; null where no directory is there.</summary>
    IReadOnlyList<DirectoryItem>? List(RelativePath directory);

    /// <summary>Null where no regular file is there.</summary>
    IFileHandle? OpenRead(RelativePath path);

    /// <summary>Makes a new file, open for reading and writing.</summary>
    /// <exception cref="FileFaultException">Also where the name is taken.</exception>
    IFileHandle Create(RelativePath path, int mode);

    /// <summary>Opens the node's own file for reading and writing, and makes it where it is missing.</summary>
    IFileHandle OpenOrCreate(RelativePath path);

    FileFault MakeDirectory(RelativePath path);

    FileFault RemoveDirectory(RelativePath path);

    /// <summary>Removes a name of anything but a directory.</summary>
    FileFault Delete(RelativePath path);

    FileFault Rename(RelativePath from, RelativePath to, RenameMode mode);

    /// <summary>
    /// Gives a file the name of another one, which gets the name <paramref name="backup"/>, free until then. Only where
    /// <see cref="FileSystemTraits.ReplacesWithBackup"/> says so.
    /// </summary>
    FileFault Replace(RelativePath from, RelativePath to, RelativePath backup) => FileFault.Unsupported;

    /// <summary>
    /// Makes the names in a directory durable. Nothing where the directory is gone. False where something else is at its path (it
    /// is mounted over, or a link has its place): what was changed in the directory itself is not durable by this.
    /// </summary>
    bool FlushDirectory(RelativePath directory);

    /// <summary>
    /// Makes everything written to this file system durable, names and bytes: cheaper than many single calls. Only where
    /// <see cref="FileSystemTraits.FlushesAll"/> says so.
    /// </summary>
    void FlushAll();

    /// <summary>Takes a lock that ends with the process at the latest; null where another process has it.</summary>
    IDisposable? TryLock(RelativePath path);

    /// <summary>Bytes that can still be written.</summary>
    long FreeBytes();

    /// <summary>Files that can still be made; very many where the file system does not count them.</summary>
    long FreeFiles() => long.MaxValue;

    /// <summary>Starts to gather changes; the signal is called, on any thread, when there is something to harvest again.</summary>
    IWatchSource Watch(Action signal);
}

/// <summary>An open regular file; it stays the same file when its name changes.</summary>
public interface IFileHandle : IDisposable
{
    FileStat Stat();

    /// <summary>Fills the buffer from an offset as far as the file goes; returns the bytes read.</summary>
    int Read(long offset, Span<byte> buffer);

    void Write(long offset, ReadOnlySpan<byte> content);

    void SetLength(long bytes);

    void SetMode(int mode);

    /// <summary>Makes the bytes durable.</summary>
    void Flush();

    /// <summary>Whether a process has the file open for writing, as far as the system tells: see <see cref="FileSystemTraits.WritersOf"/>.</summary>
    WriterState Writers();
}

/// <summary>
/// A name in a directory (without "." and "..") and what it led to when the directory was read. Empty: there is something
/// whose name cannot be written down.
/// </summary>
public readonly record struct DirectoryItem(ReadOnlyMemory<byte> Name, FileKind Kind);

public enum RenameMode
{
    /// <summary>Fails with <see cref="FileFault.Exists"/> where the new name is taken.</summary>
    NoReplace,
    /// <summary>Both names exist, and swap in one step.</summary>
    Exchange,
    /// <summary>Takes the new name from the file that has it. Only for the node's own files.</summary>
    Replace,
}

/// <summary>Whether a file is open for writing.</summary>
public enum WriterState
{
    /// <summary>The system says that no process has it open for writing.</summary>
    Closed,
    /// <summary>The system says that some process has.</summary>
    Open,
    /// <summary>The system does not say, of this file or of any: "cannot tell" is not "closed".</summary>
    Unknown,
}

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

/// <summary>What a file system can do. A missing ability weakens a guarantee, and is reported.</summary>
public sealed record FileSystemTraits
{
    /// <summary>Its name, for people: ext4, nfs, ...</summary>
    public required string Name { get; init; }

    /// <summary>Replaces a file and keeps what was there, in one step.</summary>
    public required bool ExchangesNames { get; init; }

    /// <summary>Creates a file under its name only where the name is free, in one step.</summary>
    public required bool RenamesWithoutReplacing { get; init; }

    /// <summary>Tells whether a file is open for writing: of the node's own files at least.</summary>
    public required bool KnowsWriters { get; init; }

    /// <summary>Other machines may change files without notice to this one.</summary>
    public required bool IsNetwork { get; init; }

    /// <summary>Names are bytes; else only names that are text can be created.</summary>
    public required bool NamesAreBytes { get; init; }

    /// <summary>Paths may be longer than one call of the system takes.</summary>
    public bool TakesLongPaths { get; init; } = true;

    /// <summary>Tells files apart by a number; else two of them with equal sizes and times look the same.</summary>
    public bool NumbersFiles { get; init; } = true;

    /// <summary>Gives a file's name to another one, and the file another name, without a moment in which a third could come in between.</summary>
    public bool ReplacesWithBackup { get; init; }

    /// <summary>Makes names durable when asked; else at a time that the system chooses.</summary>
    public bool FlushesNames { get; init; } = true;

    /// <summary>Makes everything durable with one call.</summary>
    public bool FlushesAll { get; init; } = true;

    /// <summary>Whether a file is open for writing. Where a file that certainly was had no writers, no answer is believed.</summary>
    public WriterState WritersOf(IFileHandle file) => KnowsWriters ? file.Writers() : WriterState.Unknown;
}
