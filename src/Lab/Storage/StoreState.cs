using System.Collections.Immutable;
using Actors.Messages.Content;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Lab.Storage;

/// <summary>All that a server's store holds after one commit. Share ids count from 1.</summary>
internal sealed record StoreState(
    ImmutableList<StoredShare> Shares,
    ImmutableDictionary<ContentHash, byte[]> Parts,
    ImmutableDictionary<ContentHash, ContentRef> Contents,
    ImmutableDictionary<NodeId, NodeRow> Nodes,
    ImmutableDictionary<uint, ImmutableSortedDictionary<ulong, OutcomeRow>> Outcomes,
    uint LastNode,
    ulong LastSession)
{
    public static StoreState Empty { get; } = new(
        [],
        ImmutableDictionary<ContentHash, byte[]>.Empty,
        ImmutableDictionary<ContentHash, ContentRef>.Empty,
        ImmutableDictionary<NodeId, NodeRow>.Empty,
        ImmutableDictionary<uint, ImmutableSortedDictionary<ulong, OutcomeRow>>.Empty,
        0,
        0);

    /// <summary>The parts that existed, by the times at which uploads were inspected.</summary>
    public ImmutableSortedDictionary<long, ImmutableDictionary<ContentHash, byte[]>> Uploads { get; init; } =
        ImmutableSortedDictionary<long, ImmutableDictionary<ContentHash, byte[]>>.Empty;

    public StoredShare Share(int id) => id >= 1 && id <= Shares.Count ? Shares[id - 1] : throw new StoreCorruptException($"share {id} has no epoch");

    public StoreState With(StoredShare share) => this with { Shares = Shares.SetItem(share.Row.Id - 1, share) };
}

/// <summary>One share after one commit of the store.</summary>
internal sealed record StoredShare(
    ShareRow Row,
    ImmutableList<EpochRow> Epochs,
    ImmutableList<LogRow> Log,
    ImmutableSortedSet<TreeEntry> ByPath,
    ImmutableSortedSet<TreeEntry> ByVersion,
    ShareSize Size)
{
    public static StoredShare New(ShareRow row) => new(
        row, [], [], ImmutableSortedSet.Create(EntryOrder.ByPath), ImmutableSortedSet.Create(EntryOrder.ByVersion), new ShareSize(0, 0, 0));

    public TreeEntry? Find(RelativePath path) => ByPath.TryGetValue(new TreeEntry(path, EntryState.Absent, 0), out var entry) ? entry : null;

    public StoredShare With(TreeEntry entry)
    {
        var size = Counted(Size, entry, +1);
        var (byPath, byVersion) = (ByPath, ByVersion);
        if (Find(entry.Path) is { } old)
        {
            size = Counted(size, old, -1);
            (byPath, byVersion) = (byPath.Remove(old), byVersion.Remove(old));
        }
        return this with { ByPath = byPath.Add(entry), ByVersion = byVersion.Add(entry), Size = size };
    }

    public List<TreeEntry> LiveBelow(RelativePath folder, int limit)
    {
        var (_, before) = folder.DescendantRange();
        var live = new List<TreeEntry>();
        for (var i = IndexAfter(ByPath, new TreeEntry(folder, EntryState.Absent, 0)); i < ByPath.Count && live.Count < limit; i++)
        {
            var entry = ByPath[i];
            if (entry.Path.Bytes.SequenceCompareTo(before) >= 0)
                break;
            if (!entry.State.IsAbsent && folder.IsAncestorOf(entry.Path))
                live.Add(entry);
        }
        return live;
    }

    public IEnumerable<TreeEntry> EntriesAfter(ulong version, RelativePath path)
    {
        for (var i = IndexAfter(ByVersion, new TreeEntry(path, EntryState.Absent, version)); i < ByVersion.Count; i++)
            yield return ByVersion[i];
    }

    private static int IndexAfter(ImmutableSortedSet<TreeEntry> entries, TreeEntry entry) =>
        entries.IndexOf(entry) is var index && index >= 0 ? index + 1 : ~index;

    private static ShareSize Counted(ShareSize size, TreeEntry entry, int by) => entry.State.Kind switch
    {
        EntryKind.Absent => size,
        EntryKind.Folder => size with { Folders = size.Folders + by },
        _ => size with { Files = size.Files + by, Bytes = size.Bytes + by * entry.State.Content.Size },
    };
}

/// <summary>The two orders in which a share's entries are read.</summary>
internal static class EntryOrder
{
    public static IComparer<TreeEntry> ByPath { get; } = Comparer<TreeEntry>.Create((left, right) => left.Path.CompareTo(right.Path));

    public static IComparer<TreeEntry> ByVersion { get; } = Comparer<TreeEntry>.Create((left, right) =>
        left.Version != right.Version ? left.Version.CompareTo(right.Version) : left.Path.CompareTo(right.Path));
}
