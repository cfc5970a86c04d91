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

    public IEnumerable<OpenPush> Open => _open.Values;

    public OpenPush? Find(ulong counter) => _open.GetValueOrDefault(counter);

    /// <param name="changes">What it says.</param>
    /// <param name="copies">See <see cref="StoredPush.Copies"/>.</param>
    /// <param name="isOrdered">It is to be committed after those before it that have an order too, if they are.</param>
    /// <param name="isUploaded">Its content takes its time: nothing follows it.</param>
    public OpenPush Add(IReadOnlyList<PathChange> changes, IReadOnlyList<RelativePath> copies, bool isOrdered, bool isUploaded)
    {
        var follows = isOrdered ? _open.LastOrDefault(open => open.Value.CanBeFollowed).Key : 0;
        LastCounter++;
        var push = new StoredPush(LastCounter, ChangeSetDigest.Of(changes), changes) { Copies = copies };
        var open = new OpenPush(push) { Follows = follows, CanBeFollowed = isOrdered && !isUploaded };
        _open.Add(LastCounter, open);
        return open;
    }

    /// <summary>It was refused, whether its own answer has come or not: what follows it will be too.</summary>
    public void Doom(ulong counter)
    {
        Find(counter)?.IsDoomed = true;
        foreach (var open in _open.Values)
            open.IsDoomed |= open.Follows == counter || Find(open.Follows) is { IsDoomed: true };
    }

    /// <summary>Those that the server has put off, because what they follow was not decided.</summary>
    public IReadOnlyList<OpenPush> PutOffBehind(ulong counter) =>
        [.. _open.Values.Where(open => open.PutOffBecause is not null && open.Follows == counter)];

    public StoredPush? Settle(ulong counter) => _open.Remove(counter, out var open) ? open.Push : null;

    public void Clear() => _open.Clear();

    /// <summary>Starts to count anew: another identity.</summary>
    public void Restart()
    {
        _open.Clear();
        LastCounter = 0;
    }
}

/// <summary>A push without an outcome.</summary>
internal sealed class OpenPush(StoredPush push)
{
    public StoredPush Push { get; } = push;

    /// <summary>The push that has to be accepted before this one; 0: none.</summary>
    public ulong Follows { get; init; }

    public bool CanBeFollowed { get; init; }

    /// <summary>The first counter whose outcome must not be forgotten yet.</summary>
    public ulong Needs => Follows == 0 ? Push.Counter : Follows;

    /// <summary>One of those that it follows was refused.</summary>
    public bool IsDoomed { get; set; }

    /// <summary>How often it was sent since this start.</summary>
    public int Tries { get; private set; }

    /// <summary>Without an outcome it is sent again then, on the monotonic clock in nanoseconds.</summary>
    public long RetryAtNs { get; set; } = long.MaxValue;

    /// <summary>The server cannot decide on it now, and says why.</summary>
    public string? PutOffBecause { get; set; }

    /// <summary>It is on its way; without an outcome it is sent again after so long, doubled each time up to the longest.</summary>
    public void NoteSent(long nowNs, TimeSpan retry, TimeSpan longest)
    {
        var pause = new TimeSpan(Math.Min(longest.Ticks, retry.Ticks << Math.Min(Tries++, 20)));
        RetryAtNs = nowNs + pause.ToNanoseconds();
    }
}
