using Actors.Messages.Tree;

namespace Actors.Client.Planning;

/// <summary>
/// The three trees of a replica. They must not change while a plan is made of them. After a first join, and wherever the
/// server does not know the replica's position, the synced tree is empty: "unknown" and "never agreed on" call for the same
/// decisions, and none of them deletes. Each path has one record; one about which nothing is known takes no room.
/// </summary>
public sealed class ReplicaTrees
{
    private readonly Dictionary<RelativePath, PathRecord> _records = [];

    // Those that one of the trees has, or a push.
    private readonly SortedSet<RelativePath> _paths = [];
    private readonly HashSet<RelativePath> _behind = [];

    public int Count => _paths.Count;

    /// <summary>Paths whose newest version is not agreed on yet.</summary>
    internal IReadOnlyCollection<RelativePath> Behind => _behind;

    /// <summary>How many paths have to be looked at again.</summary>
    internal int UnsettledCount { get; private set; }

    /// <summary>What is on disk.</summary>
    public LocalState Local(RelativePath path) => this[path].Local;

    /// <summary>What disk and registry last agreed on; null: never anything, or absence.</summary>
    public TreeEntry? Synced(RelativePath path) => this[path].Synced;

    /// <summary>The newest version known of the registry's; null: no commit ever named the path.</summary>
    public TreeEntry? Remote(RelativePath path) => this[path].Remote;

    /// <summary>A push that names the path is on its way, or its outcome is in doubt.</summary>
    public bool IsInFlight(RelativePath path) => this[path].IsInFlight;

    public void SetLocal(RelativePath path, LocalState local) => this[path] = this[path] with { Local = local };

    public void SetSynced(RelativePath path, TreeEntry? synced) => this[path] = this[path] with { Synced = synced };

    public void SetRemote(RelativePath path, TreeEntry? remote) => this[path] = this[path] with { Remote = remote };

    public void SetInFlight(RelativePath path, bool inFlight) => this[path] = this[path] with { IsInFlight = inFlight };

    /// <summary>Every path below this one (the root: every path) that one of the above knows of, each once, in byte order.</summary>
    public IEnumerable<RelativePath> Below(RelativePath path)
    {
        if (path.IsRoot)
            return _paths;
        var (from, before) = path.DescendantRange();
        return _paths.GetViewBetween(RelativePath.Bound(from), RelativePath.Bound(before)).Where(path.IsAncestorOf);
    }

    /// <summary>All that is known of a path.</summary>
    internal PathRecord this[RelativePath path]
    {
        get => _records.GetValueOrDefault(path);
        set
        {
            var before = this[path];
            if (value == before)
                return;
            if (value.IsInTree != before.IsInTree)
                _ = value.IsInTree ? _paths.Add(path) : _paths.Remove(path);
            if (value.IsBehind != before.IsBehind)
                _ = value.IsBehind ? _behind.Add(path) : _behind.Remove(path);
            if (value.IsUnsettled != before.IsUnsettled)
                UnsettledCount += value.IsUnsettled ? 1 : -1;
            if (value == default)
                _records.Remove(path);
            else
                _records[path] = value;
        }
    }

    /// <summary>Paths of such records, in no order.</summary>
    internal IEnumerable<RelativePath> Where(Func<PathRecord, bool> predicate) =>
        _records.Where(item => predicate(item.Value)).Select(item => item.Key);
}

/// <summary>All that a replica knows of one path. A plan is made of the first four; the rest is noted beside them.</summary>
internal readonly record struct PathRecord
{
    public LocalState Local { get; init; }
    public TreeEntry? Synced { get; init; }
    public TreeEntry? Remote { get; init; }
    public bool IsInFlight { get; init; }

    /// <summary>It is being written: what it is shows later.</summary>
    public bool IsBusy { get; init; }

    /// <summary>Applied a moment ago: the next sight of it is the node's own echo, and no news to tell.</summary>
    public bool IsEcho { get; init; }

    /// <summary>A file that the first scan has found under a name that is not agreed on: it is not edited now, it is shared.</summary>
    public bool IsFound { get; init; }

    /// <summary>Another user's file: nothing tells who writes it.</summary>
    public bool AreWritersUnknown { get; init; }

    /// <summary>The last refusal, until a push of the path is accepted.</summary>
    public Refusal? Refused { get; init; }

    public EntryState SyncedState => Synced?.State ?? EntryState.Absent;

    public bool IsInTree => Local != LocalState.Absent || Synced is not null || Remote is not null || IsInFlight;

    /// <summary>It lives in the synced tree, or may do so any moment: its push has no outcome yet.</summary>
    public bool IsSyncedOrInFlight => Synced is not null || IsInFlight;

    public bool IsUnsettled => Local.Condition == LocalCondition.Unsettled;

    /// <summary>
    /// The newest version is not agreed on yet. A push that is on its way may be what was deleted. A cursor beyond the deletion
    /// waits for the push's outcome: told of it after a restart, the replica would take that commit for the newest, as of the
    /// deletion nothing would be stored.
    /// </summary>
    public bool IsBehind => Remote is not null && (Remote.State.IsAbsent
        ? Synced is not null || IsInFlight
        : Synced?.Version != Remote.Version);
}

/// <summary>How often a change was refused although nothing newer of the path came in between, from here or from there.</summary>
internal sealed record Refusal(int Count, ulong Version, EntryState State);

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
