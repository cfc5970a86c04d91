using System.Collections.Immutable;
using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Lab.Storage;

/// <summary>One share after one commit of the store.</summary>
internal sealed record ShareState(
    ShareRow Row,
    ImmutableList<EpochRow> Epochs,
    ImmutableList<LogRow> Log,
    ImmutableSortedSet<TreeEntry> ByPath,
    ImmutableSortedSet<TreeEntry> ByVersion,
    ShareSize Size)
{
    public static ShareState New(ShareRow row) => new(
        row, [], [], ImmutableSortedSet.Create(EntryOrder.ByPath), ImmutableSortedSet.Create(EntryOrder.ByVersion), new ShareSize(0, 0, 0));

    public TreeEntry? Find(RelativePath path) => ByPath.TryGetValue(new TreeEntry(path, EntryState.Absent, 0), out var entry) ? entry : null;

    public ShareState With(TreeEntry entry)
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
