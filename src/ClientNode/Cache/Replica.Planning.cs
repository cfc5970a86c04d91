using Actors.Client.Planning;
using Actors.Messages.Tree;

namespace Actors.Client.Cache;

/// <summary>From three trees to orders and pushes.</summary>
public sealed partial class Replica
{
    /// <summary>Decides what can be decided now.</summary>
    public void Plan()
    {
        if (Output.HasOrders)
            return;
        if (!IsStopped && Local.IsScanned)
            ReleaseKept([]);
        if (!IsStopped && Local.IsScanned && !_agenda.IsEmpty)
        {
            var names = new ConflictNames(CopiesName, _clock.GetUtcNow(), NextPushId, IsTaken);
            var dirty = TakeDirty();
            _kept.ExceptWith(dirty);
            var plan = Planner.Plan(_trees, dirty, names.For);
            _agenda.Note(plan);
            foreach (var step in plan.Agreed)
                Adopt(step.Entry);
            foreach (var step in plan.Applied)
                Order(step, names);
            Propose(plan.Proposed);
        }
        Remote.Content.ForgetInline();
        Remote.SaveCursorIfWhole();
        if (_story.IsQuietAwaited && Remote.Session is not null && IsSettled)
            _story.Quiet(isNothingBehind: _trees.Behind.Count == 0);
    }

    public void Report(ApplyOutcome outcome)
    {
        var (entry, path) = (outcome.Order.Entry, outcome.Order.Entry.Path);
        switch (outcome)
        {
            case ApplyOutcome.Done done:
                Local.TakeApplied(entry, done.Seen);
                Remote.Agree(entry);
                _agenda.Mark(path);
                _story.Applied(entry);
                if (done.CopyMade is { } copy)
                {
                    _story.LostConflict(path, copy);
                    Output.Add(new ReplicaEffect.Examine([copy]));
                }
                break;
            case ApplyOutcome.Surprised surprised:
                Local.Doubt(path);
                Output.Add(new ReplicaEffect.Examine([path, .. surprised.LookAt]));
                break;
            case ApplyOutcome.Refused refused:
                Local.Hold(path, refused.Reason);
                break;
        }
    }

    /// <summary>Content cannot be had: overtaken, most likely, by a newer version that comes with a page.</summary>
    public void FailFetch(WantedContent failed)
    {
        if (!Remote.Content.EndFetch(failed))
            return;
        _postponed.Add(failed.Entry.Path);
        Remote.FallBehind();
        Remote.PullIfNeeded();
    }

    /// <summary>Content does not fit the disk. Held paths are looked at from time to time, and tried again.</summary>
    public void HoldForRoom(WantedContent wanted, long freeBytes) => HoldFetch(
        wanted,
        $"the disk is too full for it: it needs {Megabytes(wanted.Entry.State.Content.Size)}, {Megabytes(Math.Max(0, freeBytes))} are free");

    /// <summary>Content that was to be fetched cannot be had on this disk.</summary>
    public void HoldFetch(WantedContent wanted, string reason)
    {
        if (Remote.Content.EndFetch(wanted))
            Local.Hold(wanted.Entry.Path, reason);
    }

    private static string Megabytes(long bytes) => $"{bytes / 1_000_000.0:0.#} MB";

    private void Adopt(TreeEntry entry)
    {
        if ((_trees.Synced(entry.Path)?.State ?? EntryState.Absent) != entry.State)
            Output.Adopt(entry.Path);
        Remote.Agree(entry);
    }

    private void Order(Apply step, ConflictNames names)
    {
        var source = default(ContentSource);
        if (step.Entry.State.IsFile && !Remote.Content.TryTake(step.Entry, out source))
            return;
        var path = step.Path;
        Output.Order(new ApplyOrder(
            step.Entry,
            step.Expected,
            Local.SeenAt(path),
            source,
            step.KeepLocalAs ?? names.For(path),
            step.KeepLocalAs is not null,
            new CopyNaming(CopiesName, _clock.GetUtcNow(), NextPushId)));
    }

    private bool IsTaken(RelativePath path) =>
        _trees.Local(path) != LocalState.Absent || _trees.Remote(path) is { State.IsAbsent: false } || _trees.IsInFlight(path);
}
