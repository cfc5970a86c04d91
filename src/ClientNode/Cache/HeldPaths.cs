using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.Cache;

/// <summary>
/// Paths that cannot be synced just now, each with the reason, and when it is tried again: soon at first, and ever more
/// rarely. One that is held again soon after it was let go is not tried faster for that.
/// </summary>
internal sealed class HeldPaths(TimeSpan retry, TimeSpan retryMax)
{
    private readonly long _retryNs = retry.ToNanoseconds();
    private readonly long _retryMaxNs = retryMax.ToNanoseconds();
    private readonly SortedDictionary<RelativePath, string> _reasons = [];

    // Also of paths that were let go: those of which nothing was heard for the longest pause are forgotten.
    private readonly Dictionary<RelativePath, Pace> _paces = [];

    public IReadOnlyDictionary<RelativePath, string> Reasons => _reasons;

    public int Count => _reasons.Count;

    public bool Contains(RelativePath path) => _reasons.ContainsKey(path);

    /// <summary>Whether an update of the path cannot be carried out. A directory cannot go either while something in it is held.</summary>
    public bool Blocks(RelativePath path) =>
        _reasons.Count > 0 && (_reasons.ContainsKey(path) || path.Ancestors.Any(_reasons.ContainsKey) || _reasons.Keys.Any(path.IsAncestorOf));

    public void Add(RelativePath path, string reason, long nowNs)
    {
        _reasons[path] = reason;
        if (!_paces.TryGetValue(path, out var pace) || pace.DueNs < nowNs - _retryMaxNs)
            _paces[path] = new Pace(nowNs + _retryNs, _retryNs);
        else if (pace.DueNs <= nowNs)
            _paces[path] = pace with { DueNs = nowNs + pace.PauseNs };
    }

    public void Remove(RelativePath path) => _reasons.Remove(path);

    /// <summary>Those that have to be tried now; the next time they are due after twice the pause.</summary>
    public IReadOnlyList<RelativePath> TakeDue(long nowNs)
    {
        var due = new List<RelativePath>();
        foreach (var (path, pace) in _paces.Where(item => item.Value.DueNs <= nowNs).ToList())
        {
            if (_reasons.ContainsKey(path))
            {
                var pauseNs = Math.Min(2 * pace.PauseNs, _retryMaxNs);
                _paces[path] = new Pace(nowNs + pauseNs, pauseNs);
                due.Add(path);
            }
            else if (pace.DueNs < nowNs - _retryMaxNs)
            {
                _paces.Remove(path);
            }
        }
        due.Sort();
        return due;
    }

    private readonly record struct Pace(long DueNs, long PauseNs);
}
