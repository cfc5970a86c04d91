using Actors.Client.FileSystem;
using Actors.Messages.Tree;

namespace Actors.Client.Watcher;

/// <summary>
/// The file NAME-shm beside a SQLite database that is in use: an index of its log in shared memory, which is of use on one
/// machine only, and is made anew where it is missing.
/// </summary>
internal static class SqliteIndex
{
    public const string Reason = "each machine has its own: it is the index of a SQLite database in use";

    private static ReadOnlySpan<byte> Suffix => "-shm"u8;

    private static ReadOnlySpan<byte> StartOfDatabase => "SQLite format 3\0"u8;

    /// <summary>Looks at the database beside it.</summary>
    public static bool IsOne(IFileSystem files, RelativePath path)
    {
        if (path.Name.Length <= Suffix.Length || !path.Name.EndsWith(Suffix))
            return false;
        using var database = files.OpenRead(path.Parent.Child(path.Name[..^Suffix.Length]));
        Span<byte> start = stackalloc byte[StartOfDatabase.Length];
        return database is not null && database.Read(0, start) == start.Length && start.SequenceEqual(StartOfDatabase);
    }
}
