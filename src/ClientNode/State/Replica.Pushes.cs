using Actors.Client.Storage;
using Actors.Hosting;
using Actors.Messages;
using Actors.Replication.History;
using Actors.Replication.Planning;
using Actors.Replication.Tree;

namespace Actors.Client.State;

/// <summary>What becomes of pushes.</summary>
public sealed partial class Replica
{
    private const int RefusalsInARowMax = 3;

    // Refused again although nothing newer of the path came in between: not to be tried for ever.
    private readonly Dictionary<RelativePath, (int Count, ulong Version)> _refusals = [];

    /// <param name="counter">Of the push.</param>
    /// <param name="committed">The commit that it became.</param>
    /// <param name="head">The newest commit.</param>
    public void Accept(ulong counter, SharePosition committed, ulong head)
    {
        _pull.Hear(head);
        if (_pushes.Settle(counter) is not { } push)
            return;
        var seq = committed.Cursor;
        var cursor = _savedPosition?.Cursor ?? 0;
        Know(committed);
        _changes.SettledPushes.Add(counter);
        _newestOwnCommit = Math.Max(_newestOwnCommit, seq);
        foreach (var change in push.Changes)
        {
            _refusals.Remove(change.Path);
            var entry = new TreeEntry(change.Path, change.To, seq)
            {
                Author = _session?.Number ?? 0,
                SnapshotOfOpenFile = change.SnapshotOfOpenFile,
            };
            var remote = _trees.Remote(change.Path);
            // The cursor is beyond this commit, and nothing is there: it was deleted since, of which nothing is stored.
            if (remote is null && seq < cursor)
                SetRemote(new TreeEntry(change.Path, EntryState.Absent, cursor));
            else if ((remote?.Version ?? 0) < seq)
                SetRemote(entry);
            if (push.Copies.Contains(change.Path))
                continue;
            SetSynced(change.Path, entry);
            // What was fetched of an older version is of no use any more.
            if (_trees.Remote(change.Path)?.Version == seq)
                ForgetContent(change.Path);
        }
        SetInFlight(push, false);
        _effects.Add(new ReplicaEffect.EndPush(push));
        Record(NodeEventType.Ok, EventNames.Push, e => e with { Op = OpOf(counter), Seq = seq, Path = push.Changes[0].Path.ToString() });
        ProposePostponedIfRoom();
        // Of one's own commit only the position is news, which the next tick fetches: not while others want what was edited.
        if (head > seq)
            PullIfNeeded();
    }

    public void Refuse(RefusedPush refused, ulong head)
    {
        _pull.Hear(head);
        if (_pushes.Find(refused.Counter) is null)
            return;
        switch (refused.Reason)
        {
            case PushRejection.Fenced or PushRejection.Epoch:
                _effects.Add(new ReplicaEffect.Rejoin(refused.Text, AsSomebodyElse: false));
                return;
            case PushRejection.Counter:
                _effects.Add(new ReplicaEffect.Rejoin(refused.Text, AsSomebodyElse: true));
                return;
            case PushRejection.Unavailable:
                // The server is there and hopes to be able again soon: not as patient as with one that is silent.
                _pushes.PutOff(refused.Counter, refused.Text, _clock.MonotonicNanoseconds + Nanoseconds(_options.PushRetry));
                return;
        }
        var push = _pushes.Settle(refused.Counter)!;
        _changes.SettledPushes.Add(refused.Counter);
        SetInFlight(push, false);
        _effects.Add(new ReplicaEffect.EndPush(push));
        Record(NodeEventType.Fail, EventNames.Push, e => e with { Op = OpOf(refused.Counter), Path = push.Changes[0].Path.ToString() });
        foreach (var change in push.Changes)
            NoteRefusal(change.Path, refused);
        if (refused.Reason == PushRejection.ContentGone)
            _effects.Add(new ReplicaEffect.Examine([.. push.Changes.Select(change => change.Path)]));
        // What stood in the way comes with the next complete page, in order; the named entries may be late already.
        _pull.FallBehind();
        PullIfNeeded();
    }

    /// <summary>
    /// A push was not sent, because something that it deletes is there again. One that was never sent is withdrawn. Of one that
    /// may have been, only a new session tells what became of it: what the server has not decided on then, it never will.
    /// </summary>
    public void Withhold(StoredPush push, bool isRepeat, IReadOnlyList<RelativePath> there)
    {
        if (!ReferenceEquals(_pushes.Find(push.Counter), push))
            return;
        foreach (var path in there)
            SeeListed(path);
        _effects.Add(new ReplicaEffect.Examine(there));
        if (isRepeat)
            _effects.Add(new ReplicaEffect.Rejoin("a file that a push deletes is there again, and what became of the push is not known", AsSomebodyElse: false));
        else
            Withdraw(push.Counter);
    }

    private bool DeletesWhatIsThere(StoredPush push) =>
        push.Changes.Any(change => change.To.IsAbsent && _trees.Local(change.Path) != LocalState.Absent);

    /// <summary>
    /// A push of an earlier start that the server never decided on. A loss of power may have come before what it names was
    /// durable, and have taken that back: then the old bytes would look like an edit made on top of it. What is on disk is
    /// decided on anew. So is a push of this start, where it deletes what is there again.
    /// </summary>
    private void Withdraw(ulong counter)
    {
        if (_pushes.Settle(counter) is not { } push)
            return;
        _changes.SettledPushes.Add(counter);
        SetInFlight(push, false);
        _effects.Add(new ReplicaEffect.EndPush(push));
        Record(NodeEventType.Fail, EventNames.Push, e => e with { Op = OpOf(counter), Path = push.Changes[0].Path.ToString() });
    }

    /// <summary>The server is fetching the push's content: its outcome takes its time.</summary>
    public void AwaitUpload(ulong counter) =>
        _pushes.RetryAt(counter, _clock.MonotonicNanoseconds + Nanoseconds(_options.UploadRetry));

    private void NoteRefusal(RelativePath path, RefusedPush refused)
    {
        var version = _trees.Remote(path)?.Version ?? 0;
        var last = _refusals.GetValueOrDefault(path);
        var count = last.Version == version ? last.Count + 1 : 1;
        _refusals[path] = (count, version);
        if (refused.Reason != PushRejection.Malformed && count < RefusalsInARowMax)
            return;
        _refusals.Remove(path);
        Hold(path, $"the server refuses it: {refused.Text}");
    }

    private void Send(StoredPush push)
    {
        var isRepeat = _pushes.WasSent(push.Counter);
        _pushes.NoteSent(push.Counter, _clock.MonotonicNanoseconds, _options.PushRetry, _options.PushRetryMax);
        _effects.Add(new ReplicaEffect.SendPush(push, isRepeat));
    }

    private static long Nanoseconds(TimeSpan span) => span.Ticks * TimeSpan.NanosecondsPerTick;
}
