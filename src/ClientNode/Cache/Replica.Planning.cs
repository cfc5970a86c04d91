using Actors.Client.Planning;
using Actors.Messages.Tree;

namespace Actors.Client.Cache;

/// <summary>From three trees to orders and pushes.</summary>
public sealed partial class Replica
{
    private readonly Dictionary<RelativePath, WantedContent> _fetching = [];
    private readonly Dictionary<RelativePath, (TreeEntry Entry, string Name)> _staged = [];
    private long _lastWanted;

    /// <summary>Decides what can be decided now.</summary>
    public void Plan()
    {
        if (Output.HasOrders)
            return;
        if (!IsStopped && _isScanned)
            ReleaseKept([]);
        if (!IsStopped && _isScanned && !_agenda.IsEmpty)
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
        _inline.Clear();
        SaveCursorIfWhole();
        if (_story.IsQuietAwaited && _session is not null && IsSettled)
            _story.Quiet(isNothingBehind: _trees.Behind.Count == 0);
    }

    public void Report(ApplyOutcome outcome)
    {
        var (entry, path) = (outcome.Order.Entry, outcome.Order.Entry.Path);
        switch (outcome)
        {
            case ApplyOutcome.Done done:
                Present(path);
                Remember(path, done.Seen);
                if (entry.State.IsFile)
                    _trees[path] = _trees[path] with { IsEcho = true };
                SetLocal(path, new LocalState(entry.State) { SnapshotOfOpenFile = entry.SnapshotOfOpenFile });
                Agree(entry);
                _agenda.Mark(path);
                _story.Applied(entry);
                if (done.CopyMade is { } copy)
                {
                    _story.LostConflict(path, copy);
                    Output.Add(new ReplicaEffect.Examine([copy]));
                }
                break;
            case ApplyOutcome.Surprised surprised:
                SetLocal(path, LocalState.Unsettled);
                Output.Add(new ReplicaEffect.Examine([path, .. surprised.LookAt]));
                break;
            case ApplyOutcome.Refused refused:
                Hold(path, refused.Reason);
                break;
        }
    }

    /// <summary>A file of the staging area is content that is still wanted.</summary>
    public bool IsStaged(string name) => _staged.Values.Any(staged => staged.Name == name);

    /// <summary>Content is staged.</summary>
    public void TakeFetched(WantedContent fetched, string stagedName)
    {
        var (entry, path) = (fetched.Entry, fetched.Entry.Path);
        if (IsWanted(fetched))
        {
            _fetching.Remove(path);
            _staged[path] = (entry, stagedName);
            _agenda.Mark(path);
        }
        // The same content is wanted again: the file is open for writing just now, and must not get its visible name.
        else if (!_fetching.TryGetValue(path, out var again) || again.Entry.State != entry.State)
        {
            Output.Add(new ReplicaEffect.Discard(stagedName));
        }
    }

    /// <summary>Content cannot be had: overtaken, most likely, by a newer version that comes with a page.</summary>
    public void FailFetch(WantedContent failed)
    {
        if (!IsWanted(failed))
            return;
        _fetching.Remove(failed.Entry.Path);
        _postponed.Add(failed.Entry.Path);
        _pull.FallBehind();
        PullIfNeeded();
    }

    /// <summary>Content does not fit the disk. Held paths are looked at from time to time, and tried again.</summary>
    public void HoldForRoom(WantedContent wanted, long freeBytes) => HoldFetch(
        wanted,
        $"the disk is too full for it: it needs {Megabytes(wanted.Entry.State.Content.Size)}, {Megabytes(Math.Max(0, freeBytes))} are free");

    /// <summary>Content that was to be fetched cannot be had on this disk.</summary>
    public void HoldFetch(WantedContent wanted, string reason)
    {
        if (!IsWanted(wanted))
            return;
        _fetching.Remove(wanted.Entry.Path);
        Hold(wanted.Entry.Path, reason);
    }

    private bool IsWanted(WantedContent content) => _fetching.TryGetValue(content.Entry.Path, out var wanted) && wanted == content;

    private static string Megabytes(long bytes) => $"{bytes / 1_000_000.0:0.#} MB";

    private void Adopt(TreeEntry entry)
    {
        if ((_trees.Synced(entry.Path)?.State ?? EntryState.Absent) != entry.State)
            Output.Adopt(entry.Path);
        Agree(entry);
    }

    private void Agree(TreeEntry entry)
    {
        SetSynced(entry.Path, entry);
        ForgetContent(entry.Path);
    }

    private void Order(Apply step, ConflictNames names)
    {
        var source = default(ContentSource);
        if (step.Entry.State.IsFile && !TrySource(step.Entry, out source))
            return;
        var path = step.Path;
        Output.Order(new ApplyOrder(
            step.Entry,
            step.Expected,
            _seen.TryGetValue(path, out var seen) ? seen : null,
            source,
            step.KeepLocalAs ?? names.For(path),
            step.KeepLocalAs is not null,
            new CopyNaming(CopiesName, _clock.GetUtcNow(), NextPushId)));
    }

    /// <summary>False where the content has to be fetched first; the path comes back to the agenda then.</summary>
    private bool TrySource(TreeEntry entry, out ContentSource source)
    {
        source = default;
        var content = entry.State.Content;
        if (content.Size == 0)
            source = new ContentSource(ReadOnlyMemory<byte>.Empty, null);
        else if (_inline.TryGetValue(content.Hash, out var inline))
            source = new ContentSource(inline, null);
        else if (_staged.TryGetValue(entry.Path, out var staged) && staged.Entry.State == entry.State)
        {
            _staged.Remove(entry.Path);
            source = new ContentSource(null, staged.Name);
            return true;
        }
        else
        {
            if (_fetching.TryGetValue(entry.Path, out var under) && under.Entry == entry)
                return false;
            ForgetContent(entry.Path);
            var wanted = new WantedContent(entry, ++_lastWanted);
            _fetching[entry.Path] = wanted;
            Output.Add(new ReplicaEffect.Fetch(wanted));
            return false;
        }
        ForgetContent(entry.Path);
        return true;
    }

    private void ForgetContent(RelativePath path)
    {
        if (_fetching.Remove(path))
            Output.Add(new ReplicaEffect.EndFetch(path));
        if (_staged.Remove(path, out var staged))
            Output.Add(new ReplicaEffect.Discard(staged.Name));
    }

    private bool IsTaken(RelativePath path) =>
        _trees.Local(path) != LocalState.Absent || _trees.Remote(path) is { State.IsAbsent: false } || _trees.IsInFlight(path);
}
