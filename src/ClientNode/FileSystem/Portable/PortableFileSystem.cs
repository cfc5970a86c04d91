using System.IO.Enumeration;
using Actors.Messages.Tree;
using Microsoft.Win32.SafeHandles;

namespace Actors.Client.FileSystem.Portable;

/// <summary>
/// A replica by System.IO, for systems whose own calls are not used here. Names are text. That no symbolic link is
/// followed is looked up before each call, and so is true of links that are not made in that very moment. What is
/// weaker than elsewhere, the traits say.
/// </summary>
public sealed class PortableFileSystem : IFileSystem
{
    // Other processes may use a file meanwhile, and even remove it.
    private const FileShare Shared = FileShare.ReadWrite | FileShare.Delete;
    private const int OwnFileMode = 0x180; // rw for the owner

    private readonly string _root;
    private string? _lockedPath;

    private PortableFileSystem(string root) => _root = root;

    /// <exception cref="FileFaultException">There is no directory.</exception>
    public static PortableFileSystem Open(string directory)
    {
        var root = Path.GetFullPath(directory);
        return Directory.Exists(root)
            ? new PortableFileSystem(root)
            : throw new FileFaultException(FileFault.NotFound, "open", RelativePath.Root, "there is no such directory");
    }

    public FileSystemTraits Probe(RelativePath scratch)
    {
        var drive = Drive();
        return new FileSystemTraits
        {
            Name = drive?.DriveFormat ?? "unknown",
            IsNetwork = drive?.DriveType == DriveType.Network,
            ExchangesNames = false,
            // Elsewhere System.IO looks first and renames then.
            RenamesWithoutReplacing = OperatingSystem.IsWindows(),
            ReplacesWithBackup = OperatingSystem.IsWindows(),
            KnowsWriters = false,
            NamesAreBytes = false,
            NumbersFiles = false,
            TakesLongPaths = OperatingSystem.IsWindows(),
            FlushesNames = false,
            FlushesAll = false,
        };
    }

    public bool RootIsInPlace()
    {
        if (!Directory.Exists(_root))
            return false;
        if (_lockedPath is null)
            return true;
        // The own lock refuses this process too; a file that can be opened there is another one, in another directory.
        try
        {
            using var other = File.OpenHandle(_lockedPath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (Exception e) when (PortableFault.IsOne(e))
        {
            return e is not (FileNotFoundException or DirectoryNotFoundException);
        }
    }

    public FileStat? Stat(RelativePath path) => Find(path, out _);

    public IReadOnlyList<DirectoryItem>? List(RelativePath directory)
    {
        if (Find(directory, out var full) is not { IsDirectory: true })
            return null;
        try
        {
            var options = new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false, ReturnSpecialDirectories = false };
            return [.. new FileSystemEnumerable<DirectoryItem>(full, ItemOf, options)];
        }
        catch (Exception e) when (PortableFault.IsOne(e))
        {
            return PortableFault.PathFault("list", directory, e) is FileFault.NotFound or FileFault.NotADirectory
                ? null
                : throw PortableFault.Of("list", directory, e);
        }
    }

    public IFileHandle? OpenRead(RelativePath path)
    {
        if (Find(path, out var full) is not { IsRegular: true })
            return null;
        try
        {
            var file = File.OpenHandle(full, FileMode.Open, FileAccess.Read, Shared);
            return new PortableFileHandle(file, file, path, full, isForReading: true);
        }
        catch (Exception e) when (PortableFault.IsOne(e))
        {
            return PortableFault.PathFault("open", path, e) is FileFault.NotFound or FileFault.NotADirectory
                ? null
                : throw PortableFault.Of("open", path, e);
        }
    }

    public IFileHandle Create(RelativePath path, int mode) => OpenToWrite("create", path, FileMode.CreateNew, mode);

    public IFileHandle OpenOrCreate(RelativePath path) => OpenToWrite("open", path, FileMode.OpenOrCreate, OwnFileMode);

    public FileFault MakeDirectory(RelativePath path)
    {
        if (Find(path, out var full, out var fault) is not null)
            return FileFault.Exists;
        return fault == FileFault.None ? Try("mkdir", path, () => Directory.CreateDirectory(full)) : fault;
    }

    public FileFault RemoveDirectory(RelativePath path) => Find(path, out var full, out var fault) switch
    {
        { IsDirectory: true } => Try("rmdir", path, () => Directory.Delete(full)),
        null => fault == FileFault.None ? FileFault.NotFound : fault,
        _ => FileFault.NotADirectory,
    };

    public FileFault Delete(RelativePath path) => Find(path, out var full, out var fault) switch
    {
        { IsDirectory: true } => FileFault.IsADirectory,
        null => fault == FileFault.None ? FileFault.NotFound : fault,
        _ => Try("unlink", path, () => File.Delete(full)),
    };

    public FileFault Rename(RelativePath from, RelativePath to, RenameMode mode)
    {
        if (mode == RenameMode.Exchange)
            return FileFault.Unsupported;
        if (Find(from, out var source, out var fault) is not { } moved)
            return fault == FileFault.None ? FileFault.NotFound : fault;
        var taken = Find(to, out var target, out fault);
        if (fault != FileFault.None)
            return fault;
        if (taken is not null && mode == RenameMode.NoReplace)
            return FileFault.Exists;
        return Try("rename", to.IsReserved ? from : to, () =>
        {
            if (moved.IsDirectory)
                Directory.Move(source, target);
            else
                File.Move(source, target, overwrite: mode == RenameMode.Replace);
        });
    }

    public FileFault Replace(RelativePath from, RelativePath to, RelativePath backup)
    {
        // Elsewhere System.IO copies the old file, and overwrites what has come to its name since.
        if (!OperatingSystem.IsWindows())
            return FileFault.Unsupported;
        if (Find(from, out var source) is not { IsRegular: true } || Find(to, out var target) is not { IsRegular: true })
            return FileFault.NotFound;
        if (Find(backup, out var kept, out var fault) is not null)
            return FileFault.Exists;
        return fault == FileFault.None ? Try("replace", to, () => File.Replace(source, target, kept, ignoreMetadataErrors: true)) : fault;
    }

    // System.IO has no call for it.
    public bool FlushDirectory(RelativePath directory) => true;

    public void FlushAll()
    {
        // Nor for this.
    }

    public IDisposable? TryLock(RelativePath path)
    {
        _ = Find(path, out var full);
        SafeFileHandle? held = null;
        try
        {
            held = File.OpenHandle(full, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            _lockedPath = full;
            // On some network file systems locks do not exclude other processes, and so tell nothing.
            if (!RootIsInPlace())
                _lockedPath = null;
            return held;
        }
        catch (Exception e) when (PortableFault.IsOne(e))
        {
            held?.Dispose();
            return PortableFault.Of("lock", path, e) is { Fault: FileFault.Busy } ? null : throw PortableFault.Of("lock", path, e);
        }
    }

    public long FreeBytes() => Drive()?.AvailableFreeSpace ?? long.MaxValue;

    public IWatchSource Watch(Action signal) => PortableWatchSource.Start(this, _root, signal);

    public void Dispose()
    {
        // Nothing is held open.
    }

    private FileStat? Find(RelativePath path, out string full) => Find(path, out full, out _);

    /// <summary>
    /// Null where nothing is there: with a fault where nothing can be made there either, because a directory above is
    /// missing or none.
    /// </summary>
    private FileStat? Find(RelativePath path, out string full, out FileFault fault)
    {
        full = _root;
        fault = FileFault.None;
        try
        {
            var stat = PortableStat.Of(full);
            for (var rest = path.Bytes; !rest.IsEmpty;)
            {
                if (stat is not { IsDirectory: true })
                {
                    fault = stat is null ? FileFault.NotFound : FileFault.NotADirectory;
                    return null;
                }
                var cut = rest.IndexOf((byte)'/');
                if (PortableName.ToText(cut < 0 ? rest : rest[..cut], OperatingSystem.IsWindows()) is not { } name)
                {
                    fault = FileFault.NameInvalid;
                    return null;
                }
                full = Path.Combine(full, name);
                stat = PortableStat.Of(full);
                rest = cut < 0 ? [] : rest[(cut + 1)..];
            }
            return stat;
        }
        catch (Exception e) when (PortableFault.IsOne(e))
        {
            fault = PortableFault.PathFault("stat", path, e);
            return fault is FileFault.NotFound or FileFault.NotADirectory or FileFault.NameTooLong or FileFault.NameInvalid
                ? null
                : throw PortableFault.Of("stat", path, e);
        }
    }

    private static DirectoryItem ItemOf(ref FileSystemEntry entry)
    {
        var kind = entry.Attributes.HasFlag(FileAttributes.ReparsePoint) ? FileKind.SymbolicLink
            : entry.IsDirectory ? FileKind.Directory
            : OperatingSystem.IsWindows() ? FileKind.Regular
            : UnixKind.Of(entry.ToFullPath()) ?? FileKind.Regular;
        // What is not text in the file system comes with a sign in its place, by which nothing is found.
        var isFound = !entry.FileName.Contains('\uFFFD') || PortableStat.Of(entry.ToFullPath()) is not null;
        return new DirectoryItem(isFound ? PortableName.ToBytes(entry.FileName) : null, kind);
    }

    private PortableFileHandle OpenToWrite(string operation, RelativePath path, FileMode mode, int unixMode)
    {
        var stat = Find(path, out var full, out var fault);
        if (fault != FileFault.None)
            throw new FileFaultException(fault, operation, path, "there can be no such file");
        if (stat is not null and not { IsRegular: true })
            throw new FileFaultException(FileFault.Exists, operation, path, "something else has the name");
        try
        {
            var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = Shared, BufferSize = 0 };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = (UnixFileMode)unixMode;
            // The stream is here only because it takes a mode.
            var stream = new FileStream(full, options);
            return new PortableFileHandle(stream.SafeFileHandle, stream, path, full, isForReading: false);
        }
        catch (Exception e) when (PortableFault.IsOne(e))
        {
            throw PortableFault.Of(operation, path, e);
        }
    }

    private DriveInfo? Drive()
    {
        try
        {
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(_root)! : _root) is { IsReady: true } drive ? drive : null;
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            // A share of another machine has no drive.
            return null;
        }
    }

    private static FileFault Try(string operation, RelativePath path, Action action)
    {
        try
        {
            action();
            return FileFault.None;
        }
        catch (Exception e) when (PortableFault.IsOne(e))
        {
            return PortableFault.PathFault(operation, path, e);
        }
    }
}
