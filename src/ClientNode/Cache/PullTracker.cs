using Actors.Messages.History;
using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.Cache;

/// <summary>
/// How far the registry's tree was read: at most one Pull in flight, everything before (version, path) is here. An answer
/// to anything but the newest Pull is dropped.
/// </summary>
internal sealed class PullTracker
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(3);

    private ulong _requests;
    private ulong _version;
    private ulong _toldCursor;
    private RelativePath? _path;
    private long _sentAtNs;
    private bool _inFlight;

    /// <summary>The newest commit heard of.</summary>
    public ulong Head { get; private set; }

    /// <summary>A complete page has come since the session began.</summary>
    public bool IsCaughtUp { get; private set; }

    /// <summary>Where the registry's tree stood after the newest page, if that was complete.</summary>
    public SharePosition? Complete { get; private set; }

    public void Begin(ulong cursor, ulong head)
    {
        _version = cursor;
        _path = null;
        _inFlight = false;
        Head = head;
        _toldCursor = 0;
        IsCaughtUp = false;
        Complete = null;
    }

    /// <summary>No session any more.</summary>
    public void End()
    {
        _inFlight = false;
        IsCaughtUp = false;
        Complete = null;
    }

    /// <summary>What is known is not enough to go on: nothing is proposed until everything newer was read.</summary>
    public void FallBehind() => IsCaughtUp = false;

    /// <summary>True where this is news.</summary>
    public bool Hear(ulong head)
    {
        var isNews = head > Head;
        Head = Math.Max(Head, head);
        return isNews;
    }

    public bool TryNext(ReplicaSession session, ulong savedCursor, bool isAsked, long nowNs, out PullRequest pull)
    {
        pull = default!;
        var isLost = _inFlight && nowNs - _sentAtNs > AnswerTimeout.ToNanoseconds();
        // A page may end within the newest commit: then its last entry has the version of the head, and the rest is owed still.
        var isNeeded = !IsCaughtUp || Complete is null || _version < Head || (isAsked && _toldCursor < savedCursor);
        if ((_inFlight && !isLost) || !isNeeded)
            return false;
        _toldCursor = savedCursor;
        _inFlight = true;
        _sentAtNs = nowNs;
        pull = new PullRequest(session.Id, ++_requests, session.Epoch, _version, _path, savedCursor);
        return true;
    }

    /// <summary>False: not the answer that is waited for.</summary>
    public bool Accept(UpdatesPage page)
    {
        if (!_inFlight || page.Request != _requests)
            return false;
        _inFlight = false;
        Hear(page.Position.Cursor);
        if (page.Complete)
        {
            (_version, _path) = (page.Position.Cursor, null);
            (IsCaughtUp, Complete) = (true, page.Position);
        }
        else
        {
            Complete = null;
            if (page.Entries.Count > 0)
                (_version, _path) = (page.Entries[^1].Entry.Version, page.Entries[^1].Entry.Path);
        }
        return true;
    }
}
