using Actors.NodeShell;

namespace Actors.Server.Storage;

/// <summary>A server's directory, held by a lock so that no second server uses it.</summary>
public sealed class DataDirectory : IDisposable
{
    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }

    public string DatabaseFile => DatabaseFileIn(Path);

    /// <summary>What the database is called, in a directory that may not be there yet.</summary>
    public static string DatabaseFileIn(string directory) => System.IO.Path.Combine(System.IO.Path.GetFullPath(directory), "server.db");

    /// <summary>Makes the directory where it is missing, and takes the lock, which ends with the process at the latest.</summary>
    /// <exception cref="FailureException">It cannot be written, or another server holds it.</exception>
    public static DataDirectory Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        FailureException Failure(string what, Exception cause, string whatToDo = "name a directory that can be written with --data") => new(what, $"--data {path}", whatToDo, cause);
        try
        {
            Directory.CreateDirectory(full);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Failure($"{full} cannot be made: {fault.Message}", fault);
        }
        var file = System.IO.Path.Combine(full, "server.lock");
        try
        {
            return new DataDirectory(full, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException fault)
        {
            throw Failure($"{full} cannot be written: {fault.Message}", fault);
        }
        catch (IOException fault)
        {
            throw Failure($"{full} is in use by another server, or cannot be written: {fault.Message}", fault, "stop that server, or name another directory with --data");
        }
    }

    public void Dispose() => _lock.Dispose();
}
