using Actors.Messages.Changes;
using Actors.Messages.Tree;

namespace Actors.Client.Planning;

/// <summary>
/// Decides, path by path, what becomes of three trees. Pure and total: any three trees have a plan, and the same trees
/// and paths have the same plan.
/// <list type="bullet">
/// <item>One side changed: the other one follows. Both changed to the same: agreed.</item>
/// <item>Edit against edit: the registry's keeps the name, the local one becomes a conflict copy.</item>
/// <item>Edit against deletion: the edit survives, and with it the directories that it needs.</item>
/// <item>File against directory: the directory keeps the name, the file becomes a conflict copy.</item>
/// <item>What is in flight, half-written or half-known waits, and so does what depends on it.</item>
/// </list>
/// </summary>
public static class Planner
{
    /// <param name="view">The trees.</param>
    /// <param name="dirty">
    /// Paths about which something has changed since they were planned last; the plan covers them and the relatives
    /// that their decisions involve. The root stands for every path.
    /// </param>
    /// <param name="conflictName">Gives the losing content of a path a free name: see <see cref="ConflictNames"/>.</param>
    public static Plan Plan(ReplicaTrees view, IEnumerable<RelativePath> dirty, Func<RelativePath, RelativePath> conflictName)
    {
        var decisions = new Decisions(new Merges(view), conflictName);
        foreach (var path in dirty.Order())
        {
            if (path.IsRoot)
            {
                foreach (var any in view.Below(path))
                    decisions.Include(any);
                continue;
            }
            decisions.Include(path);
            // What happens to a path can free or bind the directories above it.
            foreach (var ancestor in path.Ancestors)
                decisions.Include(ancestor);
        }
        return decisions.ToPlan();
    }
}

/// <summary>
/// Turns merges into steps that keep both trees whole: a directory in which something lives stays or comes, one that
/// goes takes all below it along, and what needs a directory waits for it.
/// </summary>
internal sealed class Decisions(Merges merges, Func<RelativePath, RelativePath> conflictName)
{
    private readonly Dictionary<RelativePath, PlanStep?> _steps = [];

    /// <summary>Null: nothing is to be done about the path. Its relatives that must go along are included.</summary>
    public PlanStep? Include(RelativePath path)
    {
        if (!_steps.TryGetValue(path, out var step))
        {
            step = Decide(path);
            _steps[path] = step;
        }
        return step;
    }

    public Plan ToPlan()
    {
        var steps = _steps.Values.OfType<PlanStep>().OrderBy(step => step.Path).ToList();
        // Directions that need no disk come first: what follows may rely on the synced tree.
        var agreed = steps.OfType<Agree>().Concat(steps.OfType<Propose>().Select(AgreedBeforehand).OfType<Agree>());
        var applied = steps.OfType<Apply>().ToList();
        applied.Sort(ApplyOrder);
        var proposed = steps.OfType<Propose>().ToList();
        proposed.Sort((x, y) => ChangeOrder.Instance.Compare(x.Change, y.Change));
        return new Plan([.. agreed.OrderBy(step => step.Path)], applied, proposed, [.. steps.OfType<Hold>()]);
    }

    /// <summary>
    /// Commit by commit, and in each what comes before what changes and what goes: a reader is meanwhile seldom led to
    /// a file that is not there yet. The tree stays whole: what is in a directory is never older than the directory, and
    /// a file takes a directory's name when all below it is gone.
    /// </summary>
    private static int ApplyOrder(Apply x, Apply y)
    {
        var byCommit = (x.Entry.Version, Turn(x)).CompareTo((y.Entry.Version, Turn(y)));
        return byCommit != 0 ? byCommit : x.Entry.State.IsAbsent ? y.Path.CompareTo(x.Path) : x.Path.CompareTo(y.Path);
    }

    private static int Turn(Apply step) =>
        step.Entry.State.IsFolder || (step.Expected.IsAbsent && !step.Entry.State.IsAbsent) ? 0
        : step.Entry.State.IsAbsent ? 2
        : step.Expected.IsFolder ? 3
        : 1;

    private PlanStep? Decide(RelativePath path)
    {
        var merge = merges.Of(path);
        if (merge.Hold is { } reason)
            return new Hold(path, reason, merge.On);
        var view = merges.View;
        var local = view.Local(path).State;
        var remote = merges.RemoteState(path);
        var target = merge.Target;
        if (!target.IsFolder && (local.IsFolder || remote.IsFolder))
        {
            var (needed, undecided) = IsNeeded(path);
            if (needed)
                target = EntryState.Folder;
            else if (undecided is { } below)
                return new Hold(path, HoldReason.WaitsForDescendant, below);
        }
        if (target == local && target == remote)
            return AgreementOn(path);
        return target == remote ? DecideApply(path, local) : DecidePropose(path, target);
    }

    /// <summary>Whether something below lives on; if nothing does, a path below about which that is not known.</summary>
    private (bool Needed, RelativePath? Undecided) IsNeeded(RelativePath path)
    {
        RelativePath? undecided = null;
        foreach (var below in merges.View.Below(path))
        {
            var merge = merges.Of(below);
            if (merge.Hold is null && !merge.Target.IsAbsent)
                return (true, null);
            if (merge.Hold is null)
                continue;
            undecided ??= below;
            // This passes soon, and then there is another plan; what is held may stay so for ever.
            if (merge.Hold != HoldReason.Held)
                break;
        }
        return (false, undecided);
    }

    private Agree? AgreementOn(RelativePath path)
    {
        var synced = merges.View.Synced(path);
        var remote = merges.View.Remote(path) ?? new TreeEntry(path, EntryState.Absent, 0);
        if (synced?.Version == remote.Version && synced.State == remote.State)
            return null;
        var bothAbsent = merges.SyncedState(path).IsAbsent && remote.State.IsAbsent;
        return bothAbsent ? null : new Agree(remote);
    }

    private PlanStep DecideApply(RelativePath path, EntryState local)
    {
        var entry = merges.View.Remote(path) ?? new TreeEntry(path, EntryState.Absent, 0);
        if (!entry.State.IsAbsent && !IsFolderSoon<Apply>(path.Parent, at => merges.View.Local(at).State, step => step.Entry.State))
            return new Hold(path, HoldReason.WaitsForParent, path.Parent);
        if (local.IsFolder)
            IncludeBelow(path);
        var unsynced = local.IsFile && local != merges.SyncedState(path);
        return new Apply(entry, local, unsynced ? conflictName(path) : null);
    }

    private PlanStep DecidePropose(RelativePath path, EntryState target)
    {
        if (!target.IsAbsent && !IsFolderSoon<Propose>(path.Parent, merges.RemoteState, step => step.Change.To))
            return new Hold(path, HoldReason.WaitsForParent, path.Parent);
        var remote = merges.View.Remote(path);
        var state = merges.RemoteState(path);
        if (state.IsFolder && !target.IsFolder)
            IncludeBelow(path);
        var change = new PathChange(path, remote?.Version ?? 0, target)
        {
            SnapshotOfOpenFile = merges.View.Local(path).SnapshotOfOpenFile,
        };
        var unseen = state.IsFile && target.IsFolder && state != merges.SyncedState(path);
        var copy = unseen ? new PathChange(conflictName(path), 0, state) { SnapshotOfOpenFile = remote!.SnapshotOfOpenFile } : null;
        return new Propose(change, copy);
    }

    /// <summary>Whether a directory is there on the side that needs it, or comes there by this plan.</summary>
    private bool IsFolderSoon<TStep>(RelativePath directory, Func<RelativePath, EntryState> now, Func<TStep, EntryState> then)
        where TStep : PlanStep
    {
        if (directory.IsRoot || now(directory).IsFolder)
            return true;
        return Include(directory) is TStep step && then(step).IsFolder;
    }

    private void IncludeBelow(RelativePath directory)
    {
        foreach (var below in merges.View.Below(directory))
            Include(below);
    }

    /// <summary>A proposal is based on the registry's newest version: that one is agreed on, unless a copy of it is still owed.</summary>
    private Agree? AgreedBeforehand(Propose step) => step.KeepRemoteAs is null ? AgreementOn(step.Path) : null;
}

/// <summary>Merges the three trees path by path, without regard to the shape of the result. Remembers what it found.</summary>
internal sealed class Merges(ReplicaTrees view)
{
    private readonly Dictionary<RelativePath, Merge> _merges = [];

    public ReplicaTrees View => view;

    public EntryState RemoteState(RelativePath path) => view.Remote(path)?.State ?? EntryState.Absent;

    public EntryState SyncedState(RelativePath path) => view.Synced(path)?.State ?? EntryState.Absent;

    public Merge Of(RelativePath path)
    {
        if (!_merges.TryGetValue(path, out var merge))
        {
            merge = HoldOf(path) is var (reason, on) ? new Merge(default, reason, on) : new Merge(TargetOf(path), null, path);
            _merges.Add(path, merge);
        }
        return merge;
    }

    private EntryState TargetOf(RelativePath path)
    {
        var local = view.Local(path).State;
        var synced = SyncedState(path);
        var remote = RemoteState(path);
        // One side changed, or both to the same.
        if (local == synced || local == remote)
            return remote;
        if (remote == synced)
            return local;
        // Both changed: an edit survives a deletion.
        if (local.IsAbsent)
            return remote;
        if (remote.IsAbsent)
            return local;
        return local.IsFile && remote.IsFile ? remote : EntryState.Folder;
    }

    private (HoldReason Reason, RelativePath On)? HoldOf(RelativePath path)
    {
        if (view.IsInFlight(path))
            return (HoldReason.InFlight, path);
        var local = view.Local(path);
        if (!local.IsSettled)
            return (local.Condition == LocalCondition.Held ? HoldReason.Held : HoldReason.Unsettled, path);
        var localIsLive = !local.State.IsAbsent;
        var remoteIsLive = !RemoteState(path).IsAbsent;
        for (var above = path.Parent; !above.IsRoot; above = above.Parent)
        {
            var directory = view.Local(above);
            if (directory.Condition == LocalCondition.Held)
                return (HoldReason.Held, above);
            // Seen before its directory was seen to be none: an old observation, and a new one follows.
            if (localIsLive && !(directory.IsSettled && directory.State.IsFolder))
                return (HoldReason.Unsettled, above);
            if (remoteIsLive && !RemoteState(above).IsFolder)
                return (HoldReason.RemoteIncomplete, above);
        }
        return null;
    }
}

/// <summary>What a path shall become, looked at alone; or why that cannot be said, and because of which path.</summary>
internal readonly record struct Merge(EntryState Target, HoldReason? Hold, RelativePath On);

/// <summary>Which paths the next plan is for: those about which something changed, and those on hold that waited for just that.</summary>
public sealed class Agenda
{
    private readonly HashSet<RelativePath> _dirty = [];
    private readonly Dictionary<RelativePath, RelativePath> _heldOn = [];
    private readonly Dictionary<RelativePath, HashSet<RelativePath>> _waiting = [];

    public bool IsEmpty => _dirty.Count == 0;

    /// <summary>Paths on hold, in no order.</summary>
    public IReadOnlyCollection<RelativePath> Held => _heldOn.Keys;

    public bool IsHeld(RelativePath path) => _heldOn.ContainsKey(path);

    /// <summary>The next plan is for it.</summary>
    public bool IsMarked(RelativePath path) => _dirty.Contains(path) || _dirty.Contains(RelativePath.Root);

    /// <summary>Something has changed about the path in one of the trees, or its push is settled. The root: about every path.</summary>
    public void Mark(RelativePath path) => _dirty.Add(path);

    /// <summary>The paths of the next plan, which is noted afterwards: what is on hold still must not be forgotten.</summary>
    public IReadOnlyCollection<RelativePath> Take()
    {
        var taken = new HashSet<RelativePath>(_dirty);
        if (taken.Contains(RelativePath.Root))
            taken.UnionWith(_heldOn.Keys);
        var fresh = new Stack<RelativePath>(taken);
        while (_heldOn.Count > 0 && fresh.TryPop(out var path))
        {
            // A directory above may be decided now, and with it what waited for the directory.
            var woken = path.Ancestors.Where(_heldOn.ContainsKey).Concat(_waiting.GetValueOrDefault(path) ?? []);
            foreach (var other in woken.Where(taken.Add))
                fresh.Push(other);
        }
        foreach (var path in taken)
            Release(path);
        _dirty.Clear();
        return taken;
    }

    /// <summary>Remembers what the plan could not decide.</summary>
    public void Note(Plan plan)
    {
        foreach (var hold in plan.Held)
        {
            Release(hold.Path);
            _heldOn.Add(hold.Path, hold.On);
            if (!_waiting.TryGetValue(hold.On, out var waiting))
                _waiting.Add(hold.On, waiting = []);
            waiting.Add(hold.Path);
        }
    }

    private void Release(RelativePath path)
    {
        if (!_heldOn.Remove(path, out var on) || !_waiting.TryGetValue(on, out var waiting))
            return;
        waiting.Remove(path);
        if (waiting.Count == 0)
            _waiting.Remove(on);
    }
}
