using Actors.Messages.Tree;

namespace Actors.Lab.Storage;

/// <summary>The two orders in which a share's entries are read.</summary>
internal static class EntryOrder
{
    public static IComparer<TreeEntry> ByPath { get; } = Comparer<TreeEntry>.Create((left, right) => left.Path.CompareTo(right.Path));

    public static IComparer<TreeEntry> ByVersion { get; } = Comparer<TreeEntry>.Create((left, right) =>
        left.Version != right.Version ? left.Version.CompareTo(right.Version) : left.Path.CompareTo(right.Path));
}
