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
