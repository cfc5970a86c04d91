using Actors.Client.FileSystem;
using Actors.Messages.Tree;

namespace Actors.Client.Watcher;

/// <summary>
/// Replicas inside this one. They are left alone: one of the same share would have to hold itself, without end, and each
/// node would take the other's work for edits.
/// </summary>
internal sealed class NestedReplicas(IFileSystem files)
{
    public const string Reason = "another replica is kept there";

    private readonly HashSet<RelativePath> _known = [];

    public static bool IsNameOfState(RelativePath path) => !path.IsRoot && path.Name.SequenceEqual(ReplicaLayout.Own.Name);

    /// <summary>Looks at the disk.</summary>
    public bool IsOne(RelativePath directory)
    {
        var isOne = !directory.IsRoot
            && directory.TryChild(ReplicaLayout.Own.Name, out var own, out _)
            && (IsThere(own, ReplicaLayout.Staging.Name) || IsThere(own, ReplicaLayout.Lock.Name) || IsThere(own, "state.db"u8));
        _ = isOne ? _known.Add(directory) : _known.Remove(directory);
        return isOne;
    }

    /// <summary>The path lies in one, as it was when it was looked at last.</summary>
    public bool Hold(RelativePath path) => _known.Count > 0 && path.Ancestors.Any(_known.Contains);

    private bool IsThere(RelativePath directory, ReadOnlySpan<byte> name) =>
        directory.TryChild(name, out var path, out _) && files.Stat(path) is not null;
}

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
