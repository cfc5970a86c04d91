using Actors.Client.Storage;
using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.Cache;

/// <summary>The open pushes of a replica: numbered without gaps, at most 64 at a time, each kept until its outcome is known.</summary>
internal sealed class PushBook
{
    private readonly SortedDictionary<ulong, OpenPush> _open = [];

    public PushBook(ulong lastCounter, IEnumerable<StoredPush> open)
    {
        LastCounter = lastCounter;
        foreach (var push in open)
            _open.Add(push.Counter, new OpenPush(push));
    }

    public ulong LastCounter { get; private set; }

    public int Count => _open.Count;

    /// <summary>How many more can be opened now. Counters stay within a window from the oldest open one.</summary>
    public int Room => Limits.PushesOpenMax - (int)(LastCounter - SettledThrough);

    /// <summary>Every counter up to this one is settled, and no open push follows it: nothing has to be known of it any more.</summary>
    public ulong SettledThrough => _open.Count == 0 ? LastCounter : _open.Values.Min(open => open.Needs) - 1;

    /// <summary>An open push is known to be refused, because one that it follows was: its answer is on the way.</summary>
    public bool IsAnyDoomed => _open.Values.Any(open => open.IsDoomed);

    public IEnumerable<StoredPush> Open => _open.Values.Select(open => open.Push);

    public StoredPush? Find(ulong counter) => _open.GetValueOrDefault(counter)?.Push;

    /// <param name="changes">What it says.</param>
    /// <param name="copies">See <see cref="StoredPush.Copies"/>.</param>
    /// <param name="isOrdered">It is to be committed after those before it that have an order too, if they are.</param>
    /// <param name="isUploaded">Its content takes its time: nothing follows it.</param>
    public StoredPush Add(IReadOnlyList<PathChange> changes, IReadOnlyList<RelativePath> copies, bool isOrdered, bool isUploaded)
    {
        var follows = isOrdered ? _open.LastOrDefault(open => open.Value.CanBeFollowed).Key : 0;
        LastCounter++;
        var push = new StoredPush(LastCounter, ChangeSetDigest.Of(changes), changes) { Copies = copies };
        _open.Add(LastCounter, new OpenPush(push) { Follows = follows, CanBeFollowed = isOrdered && !isUploaded });
        return push;
    }

    /// <summary>The push that has to be accepted before this one; 0: none.</summary>
    public ulong Follows(ulong counter) => _open.TryGetValue(counter, out var open) ? open.Follows : 0;

    /// <summary>One of those that it follows was refused.</summary>
    public bool IsDoomed(ulong counter) => _open.TryGetValue(counter, out var open) && open.IsDoomed;

    /// <summary>It was refused, whether its own answer has come or not: what follows it will be too.</summary>
    public void Doom(ulong counter)
    {
        if (_open.TryGetValue(counter, out var refused))
            refused.IsDoomed = true;
        foreach (var open in _open.Values)
            open.IsDoomed |= open.Follows == counter || IsDoomed(open.Follows);
    }

    /// <summary>Those that the server has put off, because what they follow was not decided.</summary>
    public IReadOnlyList<StoredPush> PutOffBehind(ulong counter) =>
        [.. _open.Values.Where(open => open.PutOffBecause is not null && open.Follows == counter).Select(open => open.Push)];

    public StoredPush? Settle(ulong counter) => _open.Remove(counter, out var open) ? open.Push : null;

    public void Clear() => _open.Clear();

    /// <summary>Starts to count anew: another identity.</summary>
    public void Restart()
    {
        _open.Clear();
        LastCounter = 0;
    }

    public void RetryAt(ulong counter, long monotonicNs)
    {
        if (_open.TryGetValue(counter, out var open))
            open.RetryAtNs = monotonicNs;
    }

    /// <summary>The server cannot decide on it now, and says why: it is sent again then.</summary>
    public void PutOff(ulong counter, string reason, long retryAtNs)
    {
        if (_open.TryGetValue(counter, out var open))
            (open.PutOffBecause, open.RetryAtNs) = (reason, retryAtNs);
    }

    /// <summary>It is on its way; without an outcome it is sent again after so long, doubled each time up to the longest.</summary>
    public void NoteSent(ulong counter, long nowNs, TimeSpan retry, TimeSpan longest)
    {
        if (!_open.TryGetValue(counter, out var open))
            return;
        var pause = new TimeSpan(Math.Min(longest.Ticks, retry.Ticks << Math.Min(open.Tries++, 20)));
        open.RetryAtNs = nowNs + pause.ToNanoseconds();
    }

    /// <summary>It is open, and was sent since this start.</summary>
    public bool WasSent(ulong counter) => _open.TryGetValue(counter, out var open) && open.Tries > 0;

    /// <summary>Put off by the server, with its reason, or sent so often and without an outcome all the same.</summary>
    public IEnumerable<(StoredPush Push, int Tries, string? Reason)> Overdue(int tries) =>
        _open.Values.Where(open => open.Tries >= tries || open.PutOffBecause is not null).Select(open => (open.Push, open.Tries, open.PutOffBecause));

    /// <summary>Pushes without an outcome for too long.</summary>
    public IEnumerable<StoredPush> DueForRetry(long nowNs) =>
        _open.Values.Where(open => open.RetryAtNs <= nowNs).Select(open => open.Push);

    private sealed class OpenPush(StoredPush push)
    {
        public StoredPush Push { get; } = push;

        /// <summary>0: none.</summary>
        public ulong Follows { get; init; }

        public bool CanBeFollowed { get; init; }

        /// <summary>The first counter whose outcome must not be forgotten yet.</summary>
        public ulong Needs => Follows == 0 ? Push.Counter : Follows;
        public bool IsDoomed { get; set; }
        public long RetryAtNs { get; set; } = long.MaxValue;
        public int Tries { get; set; }
        public string? PutOffBecause { get; set; }
    }
}
