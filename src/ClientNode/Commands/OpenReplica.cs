using Actors.Client.FileSystem;
using Actors.Client.FileSystem.Linux;
using Actors.Client.FileSystem.Portable;
using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.Commands;

/// <summary>A replica's directory, opened by this process alone.</summary>
internal sealed class OpenReplica : IDisposable
{
    private readonly IDisposable _lock;

    private OpenReplica(string directory, IFileSystem files, FileSystemTraits traits, IDisposable held)
    {
        Directory = directory;
        Files = files;
        Traits = traits;
        _lock = held;
    }

    public string Directory { get; }
    public IFileSystem Files { get; }
    public FileSystemTraits Traits { get; }

    /// <summary>The directory did not exist before.</summary>
    public bool IsNew { get; private init; }

    public string StateFile => StateFileOf(Directory);

    /// <param name="directory">In full.</param>
    /// <param name="isPortable">By what .NET offers on every system, even where this one has calls of its own.</param>
    /// <exception cref="NodeException">It cannot be opened, or its path is too long.</exception>
    public static OpenReplica Open(string directory, bool isPortable)
    {
        DatabasePath.Check(StateFileOf(directory), directory);
        try
        {
            var isNew = !System.IO.Directory.Exists(directory);
            System.IO.Directory.CreateDirectory(directory);
            var replica = Open(directory, OperatingSystem.IsLinux() && !isPortable ? LinuxFileSystem.Open(directory) : PortableFileSystem.Open(directory), isNew);
            // For this user alone: it holds copies of the files, and the socket by which the node is told what to do.
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(Path.Combine(directory, ReplicaLayout.Own.ToString()), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return replica;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotBeOpened(directory, e);
        }
    }

    /// <summary>The same, of a file system that is there; it is owned from now on.</summary>
    /// <exception cref="FailureException">It cannot be opened.</exception>
    public static OpenReplica Open(string directory, IFileSystem files, bool isNew = false)
    {
        IDisposable? held = null;
        try
        {
            MakeOwnDirectories(directory, files);
            held = files.TryLock(ReplicaLayout.Lock)
                ?? throw new FailureException("another process runs this replica", directory, "end it first, or ask it: ClientNode status DIR");
            return new OpenReplica(directory, files, files.Probe(ReplicaLayout.Staging), held) { IsNew = isNew };
        }
        catch (Exception e)
        {
            held?.Dispose();
            files.Dispose();
            if (e is IOException or UnauthorizedAccessException)
                throw CannotBeOpened(directory, e);
            throw;
        }
    }

    public void Dispose()
    {
        _lock.Dispose();
        Files.Dispose();
    }

    private static string StateFileOf(string directory) => Path.Combine(directory, ReplicaLayout.StateFile);

    private static FailureException CannotBeOpened(string directory, Exception cause) =>
        new($"the replica cannot be opened: {cause.Message}", directory, "name a directory that you may read and write", cause);

    private static void MakeOwnDirectories(string directory, IFileSystem files)
    {
        foreach (var path in (RelativePath[])[ReplicaLayout.Own, ReplicaLayout.Staging, ReplicaLayout.Displaced])
        {
            if (files.MakeDirectory(path) is not (FileFault.None or FileFault.Exists) and var fault)
                throw new FailureException($"the directory {path} cannot be made ({fault})", directory, "name a directory that you may write");
        }
    }
}
