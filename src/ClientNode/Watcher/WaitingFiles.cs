using Actors.Messages.Tree;

namespace Actors.Client.Watcher;

/// <summary>
/// Files that are looked at again later: they are open, or they changed while they were read. A wait has an end:
/// after so much patience a file is taken as it is, and one that cannot be taken even then is tried so often and given up.
/// Times are monotonic nanoseconds.
/// </summary>
internal sealed class WaitingFiles(long patienceNs)
{
    private const int TriesAfterPatience = 5;

    private readonly Dictionary<RelativePath, Wait> _waits = [];

    /// <summary>Null: nothing waits.</summary>
    public long? NextDueNs => _waits.Count == 0 ? null : _waits.Values.Min(wait => wait.DueNs);

    public bool IsDue(long nowNs) => NextDueNs is { } due && due <= nowNs;

    public bool Contains(RelativePath path) => _waits.ContainsKey(path);

    /// <summary>The file was busy for all of the patience, at every look.</summary>
    public bool HasLastedTooLong(RelativePath path, long nowNs) => _waits.TryGetValue(path, out var wait) && nowNs - wait.SinceNs >= patienceNs;

    /// <summary>Looks again then, at the latest when patience runs out; the wait began when the first look found it busy.</summary>
    public void Until(RelativePath path, long nowNs, long dueNs)
    {
        var wait = _waits.TryGetValue(path, out var known) ? known : new Wait(nowNs, 0, 0);
        _waits[path] = wait with { DueNs = Math.Min(dueNs, Math.Max(wait.SinceNs + patienceNs, nowNs + 1)) };
    }

    /// <summary>It could not be read. False where it was tried often enough: it is tried again after a long while.</summary>
    public bool TryAgain(RelativePath path, long nowNs, long afterNs, long longWhileNs)
    {
        if (!HasLastedTooLong(path, nowNs))
        {
            Until(path, nowNs, nowNs + afterNs);
            return true;
        }
        var wait = _waits[path];
        var isGivenUp = wait.Tries + 1 >= TriesAfterPatience;
        _waits[path] = isGivenUp
            ? wait with { Tries = 0, DueNs = nowNs + longWhileNs }
            : wait with { Tries = wait.Tries + 1, DueNs = nowNs + (afterNs << wait.Tries) };
        return !isGivenUp;
    }

    /// <summary>The next look takes what is there, unless the file waits already.</summary>
    public void PassPatience(RelativePath path, long nowNs) => _waits.TryAdd(path, new Wait(nowNs - patienceNs, long.MaxValue, 0));

    /// <summary>What is there was taken; what comes after it waits anew.</summary>
    public void BeginAnew(RelativePath path, long nowNs) => _waits[path] = new Wait(nowNs, nowNs + patienceNs, 0);

    public void Forget(RelativePath path) => _waits.Remove(path);

    /// <summary>Moves what is due into the queue. A wait keeps its beginning until it is forgotten.</summary>
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

    private readonly record struct Wait(long SinceNs, long DueNs, int Tries);
}

/// <summary>
/// Files that a writer has closed. The kernel reports that a file is closed a moment before it counts one writer less. A
/// look in between finds it open, and no further event follows: it is looked at again, a few times and soon.
/// </summary>
/// <param name="lookAgainNs">After so long, and then after twice the pause each time.</param>
internal sealed class ClosedFiles(long lookAgainNs)
{
    private const int LooksMax = 7;

    // How often each was found open since.
    private readonly Dictionary<RelativePath, int> _closed = [];

    public void Add(RelativePath path) => _closed[path] = 0;

    public void Forget(RelativePath path) => _closed.Remove(path);

    /// <summary>It was found open. True where that may be over at once: look again then.</summary>
    public bool IsClosing(RelativePath path, long nowNs, out long againNs)
    {
        againNs = 0;
        if (!_closed.TryGetValue(path, out var looks))
            return false;
        if (looks == LooksMax)
        {
            _closed.Remove(path);
            return false;
        }
        _closed[path] = looks + 1;
        againNs = nowNs + (lookAgainNs << looks);
        return true;
    }
}

/// <summary>First in, first out; a path that waits already is not added again.</summary>
internal sealed class PathQueue
{
    private readonly Queue<RelativePath> _order = new();
    private readonly HashSet<RelativePath> _waiting = [];

    public int Count => _order.Count;

    public void Add(RelativePath path)
    {
        if (_waiting.Add(path))
            _order.Enqueue(path);
    }

    public bool TryTake(out RelativePath path)
    {
        if (!_order.TryDequeue(out path))
            return false;
        _waiting.Remove(path);
        return true;
    }
}
