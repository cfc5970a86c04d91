using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.Cache;

/// <summary>
/// Names that neither the synced tree nor the registry has. Each is proposed only after a moment: what editors write
/// beside a file and rename over it lives no longer, and would be pushed and deleted again with every save. A name is
/// believed until it is forgotten, so that it waits once.
/// </summary>
internal sealed class NewNames(TimeSpan quiet)
{
    private readonly long _quietNs = quiet.ToNanoseconds();
    private readonly Dictionary<RelativePath, long> _waiting = [];
    private readonly HashSet<RelativePath> _believed = [];

    // In the order in which they are due. A name that was forgotten meanwhile is passed over.
    private readonly Queue<(RelativePath Path, long DueNs)> _order = new();

    /// <summary>How many wait.</summary>
    public int Count => _waiting.Count;

    /// <summary>When the next one is due, on the monotonic clock in nanoseconds; null: none waits.</summary>
    public long? NextDueNs
    {
        get
        {
            SkipForgotten();
            return _order.TryPeek(out var next) ? next.DueNs : null;
        }
    }

    public bool IsWaiting(RelativePath path) => _waiting.ContainsKey(path);

    public bool IsBelieved(RelativePath path) => _believed.Contains(path);

    /// <summary>What is in a directory does not travel before the directory.</summary>
    public bool IsWaitingAbove(RelativePath path) => _waiting.Count > 0 && path.Ancestors.Any(_waiting.ContainsKey);

    /// <summary>Begins to wait, unless the name waits already or there is nothing to wait for. True where it waits.</summary>
    public bool Wait(RelativePath path, long nowNs)
    {
        if (_quietNs <= 0)
            return false;
        _believed.Remove(path);
        if (_waiting.TryAdd(path, nowNs + _quietNs))
            _order.Enqueue((path, nowNs + _quietNs));
        return true;
    }

    /// <summary>Those that have waited long enough. Each has to be believed, or to wait again.</summary>
    public IReadOnlyList<RelativePath> TakeDue(long nowNs)
    {
        var due = new List<RelativePath>();
        for (SkipForgotten(); _order.TryPeek(out var next) && next.DueNs <= nowNs; SkipForgotten())
        {
            _waiting.Remove(next.Path);
            due.Add(next.Path);
        }
        return due;
    }

    public void Believe(RelativePath path)
    {
        _waiting.Remove(path);
        _believed.Add(path);
    }

    public void Forget(RelativePath path)
    {
        _waiting.Remove(path);
        _believed.Remove(path);
    }

    private void SkipForgotten()
    {
        while (_order.TryPeek(out var next) && (!_waiting.TryGetValue(next.Path, out var dueNs) || dueNs != next.DueNs))
            _order.Dequeue();
    }
}
