namespace Actors.Server.Storage;

/// <summary>A server's directory, held by a lock so that no second server uses it.</summary>
public sealed class DataDirectory : IDisposable
{
    private const string WritableDirectory = "name a directory that can be written with --data";

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
    /// <exception cref="DataDirectoryException">It cannot be written, or another server holds it.</exception>
    public static DataDirectory Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(full);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DataDirectoryException($"{full} cannot be made: {fault.Message}", WritableDirectory);
        }
        var file = System.IO.Path.Combine(full, "server.lock");
        try
        {
            return new DataDirectory(full, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new DataDirectoryException($"{full} cannot be written: {fault.Message}", WritableDirectory);
        }
        catch (IOException fault)
        {
            throw new DataDirectoryException($"{full} is in use by another server, or cannot be written: {fault.Message}", "stop that server, or name another directory with --data");
        }
    }

    public void Dispose() => _lock.Dispose();
}

/// <summary>The data directory cannot be used.</summary>
public sealed class DataDirectoryException(string message, string whatToDo) : Exception(message)
{
    public string WhatToDo => whatToDo;
}
