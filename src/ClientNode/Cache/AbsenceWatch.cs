using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.Cache;

/// <summary>
/// Paths that are gone from the disk and not yet believed to be: a deletion is taken for one only after a quiet moment,
/// because editors remove a file for an instant, and because an emptied replica must be recognised before its first
/// deletion travels.
/// </summary>
internal sealed class AbsenceWatch(TimeSpan quiet, TimeSpan longest)
{
    private readonly SortedSet<RelativePath> _paths = [];
    private long _firstAtNs;
    private long _lastAtNs;

    public int Count => _paths.Count;

    public bool Contains(RelativePath path) => _paths.Contains(path);

    public void Add(RelativePath path, long nowNs)
    {
        if (_paths.Count == 0)
            _firstAtNs = nowNs;
        if (_paths.Add(path))
            _lastAtNs = nowNs;
    }

    public bool Remove(RelativePath path) => _paths.Remove(path);

    /// <summary>When they are to be looked at again, on the monotonic clock in nanoseconds; null: there are none.</summary>
    public long? DueNs => _paths.Count == 0 ? null : Math.Min(_lastAtNs + quiet.ToNanoseconds(), _firstAtNs + longest.ToNanoseconds());

    public bool IsDue(long nowNs) => DueNs <= nowNs;

    /// <summary>In byte order: parents before children.</summary>
    public IReadOnlyList<RelativePath> Paths() => [.. _paths];
}
