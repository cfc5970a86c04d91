using Actors.Messages.Tree;

namespace Actors.Client.Planning;

/// <summary>The three trees in memory. Paths about which nothing is known take no room.</summary>
public sealed class ReplicaTrees : IReplicaView
{
    private readonly Dictionary<RelativePath, Row> _rows = [];
    private readonly SortedSet<RelativePath> _paths = [];

    public int Count => _rows.Count;

    public LocalState Local(RelativePath path) => _rows.GetValueOrDefault(path).Local;

    public TreeEntry? Synced(RelativePath path) => _rows.GetValueOrDefault(path).Synced;

    public TreeEntry? Remote(RelativePath path) => _rows.GetValueOrDefault(path).Remote;

    public bool IsInFlight(RelativePath path) => _rows.GetValueOrDefault(path).InFlight;

    public void SetLocal(RelativePath path, LocalState local) => Set(path, _rows.GetValueOrDefault(path) with { Local = local });

    public void SetSynced(RelativePath path, TreeEntry? synced) => Set(path, _rows.GetValueOrDefault(path) with { Synced = synced });

    public void SetRemote(RelativePath path, TreeEntry? remote) => Set(path, _rows.GetValueOrDefault(path) with { Remote = remote });

    public void SetInFlight(RelativePath path, bool inFlight) => Set(path, _rows.GetValueOrDefault(path) with { InFlight = inFlight });

    /// <summary>In byte order. The trees must not change while it is read.</summary>
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
