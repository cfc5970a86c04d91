using Actors.Client.Planning;
using Actors.Client.Storage;
using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.Cache;

/// <summary>Pushes without an outcome: sent, sent again, accepted, refused, withdrawn.</summary>
internal sealed partial class Outgoing
{
    private const int RefusalsInARowMax = 3;
    private const int TriesThatAreMany = 3;

    /// <summary>Pushes that were sent again and again without an outcome, or that the server has put off.</summary>
    public IReadOnlyList<string> Overdue =>
        [.. pushes.Open.Where(open => open.Tries >= TriesThatAreMany || open.PutOffBecause is not null).Select(DescribeOverdue)];

    public int Count => pushes.Count;

    /// <summary>Those of an earlier start are on their way still.</summary>
    public void Recall()
    {
        foreach (var push in InDoubt)
        {
            SetInFlight(push);
            // Agreed on any moment: not believed to be gone before the first scan has looked.
            foreach (var change in push.Changes)
            {
                if (!change.To.IsAbsent && !push.Copies.Contains(change.Path))
                    local.Doubt(change.Path);
            }
        }
    }

    /// <summary>No session: none is sent until the next one says what became of it.</summary>
    public void Leave()
    {
        foreach (var open in pushes.Open)
            open.RetryAtNs = long.MaxValue;
    }

    /// <summary>Nothing counts as agreed on: what becomes of them will never be known.</summary>
    public void Forget()
    {
        foreach (var push in InDoubt)
            Land(push, NodeEventType.Info);
        pushes.Clear();
        _postponed.Clear();
        _kept.Clear();
    }

    /// <summary>Pushes are counted anew from now on, and nothing is left of those before.</summary>
    public void TakeNewIdentity(NodeId id)
    {
        Identity = Identity with { Id = id };
        output.Changes.Identity = Identity;
        output.Changes.LastCounter = 0;
        pushes.Restart();
    }

    /// <summary>Sends those again that have been without an outcome for too long.</summary>
    public void Retry()
    {
        var nowNs = clock.MonotonicNanoseconds();
        foreach (var open in pushes.Open.Where(open => open.RetryAtNs <= nowNs))
            Send(open);
    }

    /// <summary>A new session says what became of a push.</summary>
    public void Resolve(DoubtOutcome outcome, ulong head)
    {
        if (outcome.AcceptedAs is { } committed)
            Accept(outcome.Counter, committed, committed.Cursor);
        else if (outcome.Refused is { } refused)
            Refuse(refused, head);
        else if (pushes.Find(outcome.Counter) is { Tries: > 0, IsDoomed: false } open && !DeletesWhatIsThere(open.Push))
            Send(open);
        else
            Withdraw(outcome.Counter);
    }

    /// <param name="counter">Of the push.</param>
    /// <param name="committed">The commit that it became.</param>
    /// <param name="head">The newest commit.</param>
    public void Accept(ulong counter, SharePosition committed, ulong head)
    {
        remote.Hear(head);
        if (pushes.Settle(counter) is not { } push)
            return;
        local.Order.Settle(counter, isAccepted: true);
        var seq = committed.Cursor;
        output.Changes.SettledPushes.Add(counter);
        remote.NoteOwnCommit(committed);
        foreach (var change in push.Changes)
        {
            trees[change.Path] = trees[change.Path] with { Refused = null };
            var entry = new TreeEntry(change.Path, change.To, seq)
            {
                Author = remote.Session?.Number ?? 0,
                SnapshotOfOpenFile = change.SnapshotOfOpenFile,
            };
            remote.TakeCommitted(entry, isHere: !push.Copies.Contains(change.Path));
        }
        Land(push, NodeEventType.Ok, seq);
        foreach (var next in pushes.PutOffBehind(counter))
            Send(next);
        ProposePostponedIfRoom();
        // Of one's own commit only the position is news, which the next tick fetches: not while others want what was edited.
        if (head > seq)
            remote.PullIfNeeded();
    }

    public void Refuse(RefusedPush refused, ulong head)
    {
        remote.Hear(head);
        if (pushes.Find(refused.Counter) is not { } open)
            return;
        switch (refused.Reason)
        {
            case PushRejection.Fenced or PushRejection.Epoch:
                output.Add(new ReplicaEffect.Rejoin(refused.Text, UnderNewIdentity: false));
                return;
            case PushRejection.Counter:
                output.Add(new ReplicaEffect.Rejoin(refused.Text, UnderNewIdentity: true));
                return;
            case PushRejection.Unavailable when !open.IsDoomed:
                // The server is there and hopes to be able again soon: not as patient as with one that is silent.
                (open.PutOffBecause, open.RetryAtNs) = (refused.Text, clock.MonotonicNanoseconds() + options.PushRetry.ToNanoseconds());
                return;
        }
        var changes = open.Push.Changes;
        if (refused.Reason == PushRejection.Order)
            AskAgain(open.Follows);
        Withdraw(refused.Counter);
        if (refused.Reason is not (PushRejection.Order or PushRejection.Unavailable))
        {
            // A push is refused whole: what stands in the way of one change is no reason to give the others up.
            var meant = changes.Where(refused.Names).ToList();
            foreach (var change in meant.Count > 0 ? meant : changes)
                NoteRefusal(change, refused);
            // What stood in the way comes with the next complete page, in order; the named entries may be late already.
            remote.FallBehind();
        }
        if (refused.Reason == PushRejection.ContentGone)
            output.Add(new ReplicaEffect.Examine([.. changes.Select(change => change.Path).Where(path => !local.Held.Contains(path))]));
        ProposePostponedIfRoom();
        remote.PullIfNeeded();
    }

    /// <summary>What follows it was refused for its sake: so was it, and its answer was lost.</summary>
    private void AskAgain(ulong counter)
    {
        pushes.Doom(counter);
        pushes.Find(counter)?.RetryAtNs = clock.MonotonicNanoseconds();
    }

    /// <summary>
    /// A push was not sent, because something that it deletes is there again. One that was never sent is withdrawn. Of one that
    /// may have been, only a new session tells what became of it: what the server has not decided on then, it never will.
    /// </summary>
    public void Withhold(StoredPush push, bool isRepeat, IReadOnlyList<RelativePath> there)
    {
        if (!ReferenceEquals(pushes.Find(push.Counter)?.Push, push))
            return;
        foreach (var path in there)
            local.SeeListed(path);
        output.Add(new ReplicaEffect.Examine(there));
        if (isRepeat)
            output.Add(new ReplicaEffect.Rejoin("a file that a push deletes is there again, and what became of the push is not known", UnderNewIdentity: false));
        else
            Withdraw(push.Counter);
    }

    /// <summary>A push was not sent, because the disk did not make durable what lies at some of its paths: those are held.</summary>
    public void WithholdUndurable(StoredPush push, IReadOnlyList<(RelativePath Path, string Reason)> paths)
    {
        if (!ReferenceEquals(pushes.Find(push.Counter)?.Push, push))
            return;
        foreach (var (path, reason) in paths)
            local.Hold(path, reason);
        Withdraw(push.Counter);
    }

    private bool DeletesWhatIsThere(StoredPush push) =>
        push.Changes.Any(change => change.To.IsAbsent && trees.Local(change.Path) != LocalState.Absent);

    /// <summary>
    /// A push becomes no commit, and what is on disk is decided on anew: it was refused; or it is of an earlier start, and the
    /// server never decided on it. A loss of power may have come then before what it names was durable, and have taken that
    /// back: the old bytes would look like an edit made on top of it. What follows it becomes none either. So is a push of this
    /// start, where it deletes what is there again.
    /// </summary>
    private void Withdraw(ulong counter)
    {
        if (pushes.Settle(counter) is not { } push)
            return;
        output.Changes.SettledPushes.Add(counter);
        local.Order.Settle(counter, isAccepted: false);
        Land(push, NodeEventType.Fail);
        pushes.Doom(counter);
        // Not decided on, and never sent again: nothing will come of them.
        foreach (var next in pushes.PutOffBehind(counter))
            Withdraw(next.Push.Counter);
    }

    /// <summary>The server is fetching the push's content: its outcome takes its time.</summary>
    public void AwaitUpload(ulong counter) =>
        pushes.Find(counter)?.RetryAtNs = clock.MonotonicNanoseconds() + options.UploadRetry.ToNanoseconds();

    private void NoteRefusal(PathChange change, RefusedPush refused)
    {
        var path = change.Path;
        var record = trees[path];
        var version = record.Remote?.Version ?? 0;
        var count = record.Refused is { } last && last.Version == version && last.State == change.To ? last.Count + 1 : 1;
        trees[path] = record with { Refused = new Refusal(count, version, change.To) };
        if (refused.Reason != PushRejection.Malformed && count < RefusalsInARowMax)
            return;
        // One more refusal of the same holds it again at once: at each look it is tried once.
        local.Hold(path, $"the server refuses it: {(refused.Text.Length > 0 ? refused.Text : "something newer is in its way each time")}");
    }

    private void Send(OpenPush open)
    {
        output.Add(new ReplicaEffect.SendPush(open.Push, open.Follows, IsRepeat: open.Tries > 0));
        open.NoteSent(clock.MonotonicNanoseconds(), options.PushRetry, options.PushRetryMax);
    }

    private void SetInFlight(StoredPush push)
    {
        foreach (var change in push.Changes)
            trees.SetInFlight(change.Path, true);
    }

    /// <summary>It is on its way no longer.</summary>
    private void Land(StoredPush push, NodeEventType outcome, ulong? seq = null)
    {
        foreach (var change in push.Changes)
        {
            trees.SetInFlight(change.Path, false);
            remote.ForgetDeletion(change.Path);
            agenda.Mark(change.Path);
        }
        output.Add(new ReplicaEffect.EndPush(push));
        story.Record(outcome, EventNames.Push, e => e with { Op = OpOf(push.Counter), Seq = seq, Path = push.Changes[0].Path.ToString() });
    }

    private string OpOf(ulong counter) => EventOps.Push(new PushId(Identity.Id, counter));

    private string DescribeOverdue(OpenPush overdue)
    {
        var (first, more) = (overdue.Push.Changes[0].Path, overdue.Push.Changes.Count - 1);
        return $"{first}{(more > 0 ? $" and {more} more" : "")}: sent {overdue.Tries} times{(overdue.PutOffBecause is { } reason ? $", put off because {reason}" : "")}; again at least every {options.PushRetryMax.TotalSeconds:0} s";
    }
}
