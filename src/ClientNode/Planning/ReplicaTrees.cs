using Actors.Messages.Tree;

namespace Actors.Client.Planning;

/// <summary>
/// The three trees of a replica. They must not change while a plan is made of them. After a first join, and wherever the
/// server does not know the replica's position, the synced tree is empty: "unknown" and "never agreed on" call for the same
/// decisions, and none of them deletes. Paths about which nothing is known take no room.
/// </summary>
public sealed class ReplicaTrees
{
    private readonly Dictionary<RelativePath, Row> _rows = [];
    private readonly SortedSet<RelativePath> _paths = [];

    public int Count => _rows.Count;

    /// <summary>What is on disk.</summary>
    public LocalState Local(RelativePath path) => _rows.GetValueOrDefault(path).Local;

    /// <summary>What disk and registry last agreed on; null: never anything, or absence.</summary>
    public TreeEntry? Synced(RelativePath path) => _rows.GetValueOrDefault(path).Synced;

    /// <summary>The newest version known of the registry's; null: no commit ever named the path.</summary>
    public TreeEntry? Remote(RelativePath path) => _rows.GetValueOrDefault(path).Remote;

    /// <summary>A push that names the path is on its way, or its outcome is in doubt.</summary>
    public bool IsInFlight(RelativePath path) => _rows.GetValueOrDefault(path).InFlight;

    public void SetLocal(RelativePath path, LocalState local) => Set(path, _rows.GetValueOrDefault(path) with { Local = local });

    public void SetSynced(RelativePath path, TreeEntry? synced) => Set(path, _rows.GetValueOrDefault(path) with { Synced = synced });

    public void SetRemote(RelativePath path, TreeEntry? remote) => Set(path, _rows.GetValueOrDefault(path) with { Remote = remote });

    public void SetInFlight(RelativePath path, bool inFlight) => Set(path, _rows.GetValueOrDefault(path) with { InFlight = inFlight });

    /// <summary>Every path below this one (the root: every path) that one of the above knows of, each once, in byte order.</summary>
    public IEnumerable<RelativePath> Below(RelativePath path)
    {
        if (path.IsRoot)
            return _paths;
        var (from, before) = path.DescendantRange();
        return _paths.GetViewBetween(RelativePath.Bound(from), RelativePath.Bound(before)).Where(path.IsAncestorOf);
    }

    private void Set(RelativePath path, Row row)
    {
        if (row == default)
        {
            _rows.Remove(path);
            _paths.Remove(path);
        }
        else
        {
            _rows[path] = row;
            _paths.Add(path);
        }
    }

    private readonly record struct Row(LocalState Local, TreeEntry? Synced, TreeEntry? Remote, bool InFlight);
}

/// <summary>
/// What the Watcher last saw at a path of the replica. The default value is settled absence. <paramref name="State"/>
/// means nothing unless the condition is settled.
/// </summary>
public readonly record struct LocalState(EntryState State, LocalCondition Condition = LocalCondition.Settled)
{
    public static LocalState Absent => default;
    public static LocalState Unsettled => new(EntryState.Absent, LocalCondition.Unsettled);
    public static LocalState Held => new(EntryState.Absent, LocalCondition.Held);

    /// <summary>The content was read while a writer still held the file open.</summary>
    public bool SnapshotOfOpenFile { get; init; }

    public bool IsSettled => Condition == LocalCondition.Settled;

    public static implicit operator LocalState(EntryState state) => new(state);

    public static LocalState FromEntryState(EntryState state) => new(state);
}

/// <summary>How far what is on disk is known.</summary>
public enum LocalCondition
{
    /// <summary>Read, and the same before and after the read.</summary>
    Settled,
    /// <summary>Changed since it was read, or still being written: another observation follows.</summary>
    Unsettled,
    /// <summary>Something that is not synced (a link, a device, an unreadable or too large file): it blocks its name.</summary>
    Held,
}
