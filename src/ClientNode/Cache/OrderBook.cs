using Actors.Messages.Tree;

namespace Actors.Client.Cache;

/// <summary>
/// The changes that the user has completed and that are not committed yet, in the order of their completion. One that is
/// completed again moves to the end: what it was before is overwritten. A change that cannot be committed yet makes later
/// ones wait, but not beyond the patience, counted from the first completion of either.
/// <para>
/// Places are numbers that rise; what was found in a directory has the directory's place. Times are monotonic nanoseconds.
/// </para>
/// </summary>
internal sealed class OrderBook(TimeSpan patience)
{
    private readonly long _patienceNs = patience.Ticks * TimeSpan.NanosecondsPerTick;
    private readonly Dictionary<RelativePath, Entry> _entries = [];
    private readonly SortedSet<(long Place, RelativePath Path)> _order = [];
    private readonly SortedDictionary<ulong, SentPush> _sent = [];
    private long _lastPlace;

    /// <summary>When the change that others wait for has been waited for long enough; null: none is.</summary>
    public long? NextDueNs { get; private set; }

    /// <summary>Something happened to a path. What is there has to be looked at before anything is known of it.</summary>
    /// <param name="path">The path.</param>
    /// <param name="isCompleted">False: it has no place of its own until it is completed.</param>
    /// <param name="isBeingWritten">By a writer who may go on: what was completed before is overwritten.</param>
    /// <param name="nowNs">Now.</param>
    public void Notice(RelativePath path, bool isCompleted, bool isBeingWritten, long nowNs)
    {
        var isKnown = _entries.TryGetValue(path, out var entry);
        if (isCompleted || !isKnown)
            Put(path, new Entry(++_lastPlace, entry.WasCompleted ? entry.SinceNs : nowNs, isCompleted, IsUnseen: true) { WasCompleted = isCompleted || entry.WasCompleted });
        else
            _entries[path] = entry with { IsCompleted = entry.IsCompleted && !isBeingWritten, IsUnseen = true };
    }

    /// <summary>A path was found in a directory, and has to be looked at itself: it came there no earlier than the directory, even where something was there before.</summary>
    public void NoticeIn(RelativePath directory, RelativePath path)
    {
        if (Find(directory) is not { } above)
            return;
        if (!_entries.TryGetValue(path, out var own))
            Put(path, above with { IsUnseen = true });
        else if (own.Place < above.Place)
            Put(path, own with { Place = above.Place, IsUnseen = true });
    }

    /// <summary>The path was looked at. Where it is still being written, and has completed nothing, nothing waits for it.</summary>
    public void See(RelativePath path, bool isBeingWritten = false)
    {
        if (!_entries.TryGetValue(path, out var entry))
            return;
        if (isBeingWritten && !entry.IsCompleted)
            Forget(path);
        else
            _entries[path] = entry with { IsUnseen = false };
    }

    /// <summary>It has a place of its own.</summary>
    public bool Contains(RelativePath path) => _entries.ContainsKey(path);

    public bool IsUnseen(RelativePath path) => _entries.TryGetValue(path, out var entry) && entry.IsUnseen;

    /// <summary>It has waited for others long enough, or others for it.</summary>
    public bool HasWaited(RelativePath path, long nowNs) => Find(path) is { } entry && entry.SinceNs + _patienceNs <= nowNs;

    /// <summary>There is nothing to commit of it.</summary>
    public void Forget(RelativePath path)
    {
        if (_entries.Remove(path, out var entry))
            _order.Remove((entry.Place, path));
    }

    /// <summary>Nothing is known of any order any more.</summary>
    public void Clear()
    {
        _entries.Clear();
        _order.Clear();
        _sent.Clear();
        NextDueNs = null;
    }

    /// <summary>Its own place, or that of the nearest directory above that has one; null: it is in no order.</summary>
    public long? PlaceOf(RelativePath path) => Find(path)?.Place;

    /// <summary>
    /// What is ready up to this place may be committed now: it is that of the first change that has to be waited for, or a
    /// later one where what is ready there has waited long enough itself. What turns out to be settled is forgotten.
    /// </summary>
    /// <param name="progressOf">How far a path is.</param>
    /// <param name="ready">Paths whose changes could be committed.</param>
    /// <param name="nowNs">Now.</param>
    public long FindLimit(Func<RelativePath, ChangeProgress> progressOf, IEnumerable<RelativePath> ready, long nowNs)
    {
        NextDueNs = null;
        var limit = FirstWaiting(progressOf, nowNs);
        foreach (var sent in _sent.Values.Where(sent => sent.IsWaitedFor && sent.Place < limit))
        {
            if (!IsOver(sent.SinceNs, nowNs))
                limit = sent.Place;
        }
        foreach (var path in ready)
        {
            if (Find(path) is { } entry && entry.Place > limit && IsOver(entry.SinceNs, nowNs))
                limit = entry.Place;
        }
        return limit;
    }

    /// <summary>These were sent, as one push. They keep their places until its outcome is known.</summary>
    /// <param name="counter">Of the push.</param>
    /// <param name="paths">Its changes.</param>
    /// <param name="isUploaded">The server has to fetch content first: later changes wait for the outcome.</param>
    /// <param name="nowNs">Now.</param>
    public void Send(ulong counter, IReadOnlyList<RelativePath> paths, bool isUploaded, long nowNs)
    {
        if (paths.Max(PlaceOf) is not { } place)
            return;
        var entries = new List<(RelativePath Path, Entry Entry)>();
        foreach (var path in paths)
        {
            if (_entries.TryGetValue(path, out var entry))
                entries.Add((path, entry));
            Forget(path);
        }
        _sent.Add(counter, new SentPush(entries, place, nowNs, isUploaded));
    }

    /// <summary>The outcome of a push is known. What was not accepted is back at its place, unless it was completed again.</summary>
    public void Settle(ulong counter, bool isAccepted)
    {
        if (!_sent.Remove(counter, out var sent) || isAccepted)
            return;
        foreach (var (path, entry) in sent.Entries)
        {
            if (!_entries.TryGetValue(path, out var since))
                Put(path, entry);
            else if (!since.WasCompleted)
                Put(path, entry with { IsUnseen = since.IsUnseen });
        }
    }

    /// <summary>
    /// A push was sent. Returns the changes before its place that were not ready: nothing waits for them any more, and each is
    /// passed once; but they still come after what was completed before them.
    /// </summary>
    public IReadOnlyList<RelativePath> Pass(ulong counter, Func<RelativePath, ChangeProgress> progressOf)
    {
        var passed = new List<RelativePath>();
        if (!_sent.TryGetValue(counter, out var push))
            return passed;
        var place = push.Place;
        foreach (var (earlier, sent) in _sent.Where(item => item.Value.IsWaitedFor && item.Value.Place < place).ToList())
        {
            passed.AddRange(sent.Entries.Select(entry => entry.Path));
            _sent[earlier] = sent with { IsWaitedFor = false };
        }
        foreach (var (_, path) in _order.TakeWhile(item => item.Place < place).ToList())
        {
            var progress = progressOf(path);
            if (progress == ChangeProgress.Settled)
                Forget(path);
            if (progress != ChangeProgress.Waits || _entries[path].IsPassed)
                continue;
            passed.Add(path);
            _entries[path] = _entries[path] with { IsPassed = true };
        }
        return passed;
    }

    private long FirstWaiting(Func<RelativePath, ChangeProgress> progressOf, long nowNs)
    {
        var settled = new List<RelativePath>();
        var first = long.MaxValue;
        foreach (var (place, path) in _order)
        {
            var progress = progressOf(path);
            if (progress == ChangeProgress.Settled)
                settled.Add(path);
            if (progress != ChangeProgress.Waits || _entries[path].IsPassed || IsOver(_entries[path].SinceNs, nowNs))
                continue;
            first = place;
            break;
        }
        settled.ForEach(Forget);
        return first;
    }

    /// <summary>Whether nothing has to wait for it any more, nor it for anything; if not, that comes when it is due.</summary>
    private bool IsOver(long sinceNs, long nowNs)
    {
        var dueNs = sinceNs + _patienceNs;
        if (dueNs <= nowNs)
            return true;
        NextDueNs = Math.Min(NextDueNs ?? long.MaxValue, dueNs);
        return false;
    }

    private Entry? Find(RelativePath path)
    {
        if (_entries.Count == 0)
            return null;
        if (_entries.TryGetValue(path, out var own))
            return own;
        foreach (var directory in path.Ancestors)
        {
            if (_entries.TryGetValue(directory, out var above))
                return above;
        }
        return null;
    }

    private void Put(RelativePath path, Entry entry)
    {
        Forget(path);
        _entries[path] = entry;
        _order.Add((entry.Place, path));
    }

    /// <param name="Place">In the order.</param>
    /// <param name="SinceNs">When it was first completed without having been committed since; until then, when it was noticed.</param>
    /// <param name="IsCompleted">No process is known to go on writing.</param>
    /// <param name="IsUnseen">It was not looked at since.</param>
    private readonly record struct Entry(long Place, long SinceNs, bool IsCompleted, bool IsUnseen)
    {
        /// <summary>At any time since the last commit. Of what is only being written nothing has waited for anything.</summary>
        public bool WasCompleted { get; init; }

        /// <summary>Nothing waits for it any more.</summary>
        public bool IsPassed { get; init; }
    }

    private sealed record SentPush(IReadOnlyList<(RelativePath Path, Entry Entry)> Entries, long Place, long SinceNs, bool IsWaitedFor);
}

/// <summary>How far a change is that was completed and looked at.</summary>
internal enum ChangeProgress
{
    /// <summary>There is nothing to commit of it.</summary>
    Settled,
    /// <summary>It can be committed as soon as what comes before it is.</summary>
    Ready,
    /// <summary>It will be known later what there is to commit of it, or whether.</summary>
    Waits,
}
