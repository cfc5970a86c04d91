using Actors.Messages.Tree;

namespace Actors.Messages.Changes;

/// <summary>
/// The order in which changes keep the tree whole one by one: first what goes away, children before parents, then what
/// comes or changes, parents before children.
/// </summary>
public sealed class ChangeOrder : IComparer<PathChange>
{
    public static ChangeOrder Instance { get; } = new();

    public int Compare(PathChange? x, PathChange? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return Compare(x.Path, x.To, y.Path, y.To);
    }

    /// <summary>A path sorts after its ancestors by bytes, so descending order has children first.</summary>
    public static int Compare(RelativePath x, EntryState xTo, RelativePath y, EntryState yTo)
    {
        if (xTo.IsAbsent != yTo.IsAbsent)
            return xTo.IsAbsent ? -1 : 1;
        return xTo.IsAbsent ? y.CompareTo(x) : x.CompareTo(y);
    }
}
