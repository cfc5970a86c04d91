using Actors.Replication.Tree;

namespace Actors.Client.Watching;

/// <summary>Files that are looked at again later: somebody has them open, or they changed while they were read.</summary>
internal sealed class WaitingFiles
{
    private readonly Dictionary<RelativePath, Wait> _waits = [];

    /// <summary>Null: nothing waits. Times are monotonic nanoseconds.</summary>
    public long? NextDueNs => _waits.Count == 0 ? null : _waits.Values.Min(wait => wait.DueNs);

    public bool IsDue(long nowNs) => NextDueNs is { } due && due <= nowNs;

    public bool IsForWriter(RelativePath path) => _waits.TryGetValue(path, out var wait) && wait.OpenSinceNs is not null;

    /// <summary>
    /// True where the file has been found open for long enough; the wait is over then, and the next one begins anew. Else
    /// it waits.
    /// </summary>
    public bool HasWaitedForWriter(RelativePath path, long nowNs, long patienceNs)
    {
        var since = _waits.TryGetValue(path, out var wait) && wait.OpenSinceNs is { } known ? known : nowNs;
        if (nowNs - since >= patienceNs)
            return true;
        _waits[path] = new Wait(since, since + patienceNs);
        return false;
    }

    /// <summary>Waits for a moment, without forgetting since when somebody has it open.</summary>
    public void Until(RelativePath path, long dueNs) => _waits[path] = new Wait(_waits.GetValueOrDefault(path).OpenSinceNs, dueNs);

    public void Forget(RelativePath path) => _waits.Remove(path);

    /// <summary>Moves what is due into the queue. A wait for a writer keeps its beginning until it is forgotten.</summary>
    public void TakeDue(long nowNs, PathQueue queue)
    {
        if (!IsDue(nowNs))
            return;
        foreach (var (path, wait) in _waits.Where(item => item.Value.DueNs <= nowNs).ToList())
        {
            _waits[path] = wait with { DueNs = long.MaxValue };
            queue.Add(path);
        }
    }

    private readonly record struct Wait(long? OpenSinceNs, long DueNs);
}
