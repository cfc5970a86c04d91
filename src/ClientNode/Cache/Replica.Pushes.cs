using Actors.Client.Planning;
using Actors.Client.Storage;
using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.History;
using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.Cache;

/// <summary>What becomes of pushes.</summary>
public sealed partial class Replica
{
    private const int RefusalsInARowMax = 3;

    /// <param name="counter">Of the push.</param>
    /// <param name="committed">The commit that it became.</param>
    /// <param name="head">The newest commit.</param>
    public void Accept(ulong counter, SharePosition committed, ulong head)
    {
        Remote.Hear(head);
        if (_pushes.Settle(counter) is not { } push)
            return;
        Local.Order.Settle(counter, isAccepted: true);
        var seq = committed.Cursor;
        Output.Changes.SettledPushes.Add(counter);
        Remote.NoteOwnCommit(committed);
        foreach (var change in push.Changes)
        {
            _trees[change.Path] = _trees[change.Path] with { Refused = null };
            var entry = new TreeEntry(change.Path, change.To, seq)
            {
                Author = Remote.Session?.Number ?? 0,
                SnapshotOfOpenFile = change.SnapshotOfOpenFile,
            };
            Remote.TakeCommitted(entry, isHere: !push.Copies.Contains(change.Path));
        }
        SetInFlight(push, false);
        Output.Add(new ReplicaEffect.EndPush(push));
        _story.Record(NodeEventType.Ok, EventNames.Push, e => e with { Op = OpOf(counter), Seq = seq, Path = push.Changes[0].Path.ToString() });
        foreach (var next in _pushes.PutOffBehind(counter))
            Send(next);
        ProposePostponedIfRoom();
        // Of one's own commit only the position is news, which the next tick fetches: not while others want what was edited.
        if (head > seq)
            Remote.PullIfNeeded();
    }

    public void Refuse(RefusedPush refused, ulong head)
    {
        Remote.Hear(head);
        if (_pushes.Find(refused.Counter) is null)
            return;
        switch (refused.Reason)
        {
            case PushRejection.Fenced or PushRejection.Epoch:
                Output.Add(new ReplicaEffect.Rejoin(refused.Text, UnderNewIdentity: false));
                return;
            case PushRejection.Counter:
                Output.Add(new ReplicaEffect.Rejoin(refused.Text, UnderNewIdentity: true));
                return;
            case PushRejection.Unavailable when !_pushes.IsDoomed(refused.Counter):
                // The server is there and hopes to be able again soon: not as patient as with one that is silent.
                _pushes.PutOff(refused.Counter, refused.Text, _clock.MonotonicNanoseconds() + Nanoseconds(_options.PushRetry));
                return;
        }
        var changes = _pushes.Find(refused.Counter)!.Changes;
        if (refused.Reason == PushRejection.Order)
            AskAgain(_pushes.Follows(refused.Counter));
        Withdraw(refused.Counter);
        if (refused.Reason is not (PushRejection.Order or PushRejection.Unavailable))
        {
            // A push is refused whole: what stands in the way of one change is no reason to give the others up.
            var meant = changes.Where(refused.Names).ToList();
            foreach (var change in meant.Count > 0 ? meant : changes)
                NoteRefusal(change, refused);
            // What stood in the way comes with the next complete page, in order; the named entries may be late already.
            Remote.FallBehind();
        }
        if (refused.Reason == PushRejection.ContentGone)
            Output.Add(new ReplicaEffect.Examine([.. changes.Select(change => change.Path).Where(path => !Local.Held.Contains(path))]));
        ProposePostponedIfRoom();
        Remote.PullIfNeeded();
    }

    /// <summary>What follows it was refused for its sake: so was it, and its answer was lost.</summary>
    private void AskAgain(ulong counter)
    {
        _pushes.Doom(counter);
        _pushes.RetryAt(counter, _clock.MonotonicNanoseconds());
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
            Local.SeeListed(path);
        Output.Add(new ReplicaEffect.Examine(there));
        if (isRepeat)
            Output.Add(new ReplicaEffect.Rejoin("a file that a push deletes is there again, and what became of the push is not known", UnderNewIdentity: false));
        else
            Withdraw(push.Counter);
    }

    /// <summary>A push was not sent, because the disk did not make durable what lies at some of its paths: those are held.</summary>
    public void WithholdUndurable(StoredPush push, IReadOnlyList<(RelativePath Path, string Reason)> paths)
    {
        if (!ReferenceEquals(_pushes.Find(push.Counter), push))
            return;
        foreach (var (path, reason) in paths)
            Local.Hold(path, reason);
        Withdraw(push.Counter);
    }

    private bool DeletesWhatIsThere(StoredPush push) =>
        push.Changes.Any(change => change.To.IsAbsent && _trees.Local(change.Path) != LocalState.Absent);

    /// <summary>
    /// A push becomes no commit, and what is on disk is decided on anew: it was refused; or it is of an earlier start, and the
    /// server never decided on it. A loss of power may have come then before what it names was durable, and have taken that
    /// back: the old bytes would look like an edit made on top of it. What follows it becomes none either. So is a push of this
    /// start, where it deletes what is there again.
    /// </summary>
    private void Withdraw(ulong counter)
    {
        if (_pushes.Settle(counter) is not { } push)
            return;
        Output.Changes.SettledPushes.Add(counter);
        Local.Order.Settle(counter, isAccepted: false);
        SetInFlight(push, false);
        Output.Add(new ReplicaEffect.EndPush(push));
        _story.Record(NodeEventType.Fail, EventNames.Push, e => e with { Op = OpOf(counter), Path = push.Changes[0].Path.ToString() });
        _pushes.Doom(counter);
        // Not decided on, and never sent again: nothing will come of them.
        foreach (var next in _pushes.PutOffBehind(counter))
            Withdraw(next.Counter);
    }

    /// <summary>The server is fetching the push's content: its outcome takes its time.</summary>
    public void AwaitUpload(ulong counter) =>
        _pushes.RetryAt(counter, _clock.MonotonicNanoseconds() + Nanoseconds(_options.UploadRetry));

    private void NoteRefusal(PathChange change, RefusedPush refused)
    {
        var path = change.Path;
        var record = _trees[path];
        var version = record.Remote?.Version ?? 0;
        var count = record.Refused is { } last && last.Version == version && last.State == change.To ? last.Count + 1 : 1;
        _trees[path] = record with { Refused = new Refusal(count, version, change.To) };
        if (refused.Reason != PushRejection.Malformed && count < RefusalsInARowMax)
            return;
        // One more refusal of the same holds it again at once: at each look it is tried once.
        Local.Hold(path, $"the server refuses it: {(refused.Text.Length > 0 ? refused.Text : "something newer is in its way each time")}");
    }

    private void Send(StoredPush push)
    {
        var isRepeat = _pushes.WasSent(push.Counter);
        _pushes.NoteSent(push.Counter, _clock.MonotonicNanoseconds(), _options.PushRetry, _options.PushRetryMax);
        Output.Add(new ReplicaEffect.SendPush(push, _pushes.Follows(push.Counter), isRepeat));
    }

    private static long Nanoseconds(TimeSpan span) => span.Ticks * TimeSpan.NanosecondsPerTick;
}
