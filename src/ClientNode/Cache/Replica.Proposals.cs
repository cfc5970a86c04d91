using Actors.Client.Planning;
using Actors.Messages;
using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.Cache;

/// <summary>What was edited here becomes pushes, in the order in which it was completed.</summary>
public sealed partial class Replica
{
    // To be decided on again when everything newer was read, or when fewer pushes are open.
    private readonly SortedSet<RelativePath> _postponed = [];

    // Could be proposed, but for what comes before them.
    private readonly HashSet<RelativePath> _kept = [];

    /// <summary>When a change need not wait any longer for one that was completed before it, on the monotonic clock in nanoseconds; null: none waits.</summary>
    public long? OrderDueNs => _kept.Count > 0 && MayPropose ? Local.Order.NextDueNs : null;

    /// <summary>There is nothing to commit of it, so that nothing has waited until it is completed again.</summary>
    private void ForgetIfSettled(RelativePath path)
    {
        if (!_agenda.IsMarked(path) && ProgressOf(path) == ChangeProgress.Settled)
            Local.Order.Forget(path);
    }

    private bool MayPropose =>
        Remote.Session is not null && Remote.IsCaughtUp && _pushes.Room > 0 && !_pushes.IsAnyDoomed && _postponed.Count == 0;

    /// <summary>What the next plan is for: where some of it has waited long enough, what is ready before that goes along.</summary>
    private HashSet<RelativePath> TakeDirty()
    {
        var dirty = new HashSet<RelativePath>();
        while (!_agenda.IsEmpty)
        {
            dirty.UnionWith(_agenda.Take());
            ReleaseKept(dirty);
        }
        return dirty;
    }

    /// <summary>What had to wait for others, and perhaps need not any longer, is planned again, together with what it waited for.</summary>
    private void ReleaseKept(IReadOnlyCollection<RelativePath> planned)
    {
        if (_kept.Count == 0 || !MayPropose)
            return;
        var nowNs = _clock.MonotonicNanoseconds();
        var mayGo = planned.Where(path => HopeFor(path) == ChangeProgress.Ready || Local.Order.HasWaited(path, nowNs));
        var limit = Local.Order.FindLimit(HopeFor, _kept.Concat(mayGo), nowNs);
        foreach (var path in _kept.Where(path => MayGo(path, Local.Order.PlaceOf(path), limit, nowNs)).ToList())
        {
            _kept.Remove(path);
            _agenda.Mark(path);
        }
    }

    /// <summary>Something of it that was not looked at yet may have come after what others have completed.</summary>
    private bool MayGo(RelativePath path, long? place, long limit, long nowNs) =>
        place is null || (place <= limit && (!Local.IsUnseen(path) || Local.Order.HasWaited(path, nowNs)));

    private void Propose(IReadOnlyList<Propose> proposals)
    {
        var mayPropose = MayPropose;
        var ready = new List<Propose>();
        foreach (var proposal in proposals)
        {
            if (Local.HasToWait(proposal.Change))
                continue;
            if (mayPropose)
                ready.Add(proposal);
            else
                _postponed.Add(proposal.Path);
        }
        if (!mayPropose)
            return;
        _kept.UnionWith(ready.Select(proposal => proposal.Path));
        var nowNs = _clock.MonotonicNanoseconds();
        var limit = Local.Order.FindLimit(ProgressOf, _kept, nowNs);
        var placed = ProposalOrder.Arrange(ready, Local.Order.PlaceOf);
        PushAll(PushSets.Cut(placed.Where(item => item.Place is null).Select(item => item.Proposal), uploadsApart: false), isOrdered: false);
        PushAll(PushSets.Cut(placed.Where(item => item.Place is not null && MayGo(item.Proposal.Path, item.Place, limit, nowNs)).Select(item => item.Proposal), uploadsApart: true), isOrdered: true);
        if (_kept.Count > 0)
            _ = Local.Order.FindLimit(ProgressOf, _kept, nowNs);
    }

    private void PushAll(IEnumerable<IReadOnlyList<Propose>> cut, bool isOrdered)
    {
        var sets = cut.ToList();
        // What has waited long enough goes, and all before it goes along.
        var due = sets.FindLastIndex(set => set.Any(item => Local.Order.HasWaited(item.Path, _clock.MonotonicNanoseconds())));
        var isUploading = false;
        for (var at = 0; at < sets.Count && (!isUploading || at <= due); at++)
        {
            var set = sets[at];
            _kept.ExceptWith(set.Select(item => item.Path));
            if (_pushes.Room == 0)
                _postponed.UnionWith(set.Select(item => item.Path));
            else
                isUploading |= Push(set, isOrdered) && isOrdered;
        }
    }

    /// <summary>True where the server has to fetch content first.</summary>
    private bool Push(IReadOnlyList<Propose> set, bool isOrdered)
    {
        var changes = set.SelectMany(PushSets.ChangesOf).ToList();
        // The first of what was found goes to the server, of which everything is known now: so does the rest that it does not have.
        if (set.Any(proposal => _trees[proposal.Path].IsFound) && Local.TakeFound() is > 0 and var found)
            _story.Say(StoryLines.Sharing(found));
        var isUploaded = set.Any(PushSets.IsUploaded);
        var push = _pushes.Add(changes, [.. set.Select(item => item.KeepRemoteAs?.Path).OfType<RelativePath>()], isOrdered, isUploaded);
        Output.Changes.Pushes.Add(push);
        Output.Changes.LastCounter = push.Counter;
        Local.Order.Send(push.Counter, [.. changes.Select(change => change.Path)], isUploaded && isOrdered, _clock.MonotonicNanoseconds());
        if (isOrdered)
            TellOvertaken(push.Counter);
        SetInFlight(push, true);
        _story.Record(NodeEventType.Invoke, EventNames.Push, e => e with
        {
            Op = OpOf(push.Counter),
            Path = changes[0].Path.ToString(),
            Hash = ReplicaStory.HashOf(changes[0].To),
            Bytes = changes[0].To.Content.Size,
        });
        Send(push);
        return isUploaded;
    }

    private void TellOvertaken(ulong counter)
    {
        foreach (var path in Local.Order.Pass(counter, ProgressOf))
            _story.Record(NodeEventType.Info, EventNames.Overtook, e => e with { Op = OpOf(counter), Path = path.ToString() });
    }

    private void ProposePostponedIfRoom()
    {
        // Half a window at a time, or a long list would be planned anew for each push that is settled.
        if (_postponed.Count > 0 && Remote.IsCaughtUp && (_pushes.Count == 0 || _pushes.Room >= Limits.PushesOpenMax / 2))
            ProposePostponed();
    }

    private void ProposePostponed()
    {
        foreach (var path in _postponed)
            _agenda.Mark(path);
        _postponed.Clear();
    }

    /// <summary>How far a completed change is, after a plan that covers it.</summary>
    private ChangeProgress ProgressOf(RelativePath path)
    {
        var hope = HopeFor(path);
        if (hope == ChangeProgress.Waits || _kept.Contains(path) || _postponed.Contains(path) || Local.Order.IsUnseen(path))
            return hope;
        return _agenda.IsHeld(path) ? ChangeProgress.Waits : ChangeProgress.Settled;
    }

    /// <summary>The same, as far as it can be known without a plan: what is not known to wait may be ready.</summary>
    private ChangeProgress HopeFor(RelativePath path) =>
        !Local.IsKnown(path) || _trees.IsInFlight(path) || IsConflictUnresolved(path) ? ChangeProgress.Waits : ChangeProgress.Ready;

    /// <summary>It was edited here and elsewhere, and what becomes of it is known when the other content is here, or is not wanted any more.</summary>
    private bool IsConflictUnresolved(RelativePath path) =>
        Remote.Content.IsFetching(path) && _trees.Local(path).State != (_trees.Synced(path)?.State ?? EntryState.Absent);
}
