using Actors.Client.Planning;
using Actors.Client.Storage;
using Actors.Messages;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.Cache;

/// <summary>
/// What is on its way: edits made here that become pushes, in the order in which they were completed, and pushes without an
/// outcome.
/// </summary>
internal sealed partial class Outgoing(
    ReplicaTrees trees, Agenda agenda, ReplicaOutput output, ReplicaStory story, LocalSide local, RemoteSide remote,
    ReplicaOptions options, TimeProvider clock, ReplicaIdentity identity, PushBook pushes)
{
    // To be decided on again when everything newer was read, or when fewer pushes are open.
    private readonly SortedSet<RelativePath> _postponed = [];

    // Could be proposed, but for what comes before them.
    private readonly HashSet<RelativePath> _kept = [];

    /// <summary>Under which pushes are counted.</summary>
    public ReplicaIdentity Identity { get; private set; } = identity;

    public PushId NextPushId => new(Identity.Id, pushes.LastCounter + 1);

    /// <summary>Every push up to this one has an outcome, and the server need not remember it.</summary>
    public ulong SettledThrough => pushes.SettledThrough;

    public IEnumerable<StoredPush> InDoubt => pushes.Open.Select(open => open.Push);

    /// <summary>Nothing waits to be pushed, or to be decided on.</summary>
    public bool IsEmpty => pushes.Count == 0 && _postponed.Count == 0 && _kept.Count == 0;

    /// <summary>Changes wait for what was completed before them.</summary>
    public bool IsAnyKept => _kept.Count > 0;

    /// <summary>When a change need not wait any longer for one that was completed before it, on the monotonic clock in nanoseconds; null: none waits.</summary>
    public long? OrderDueNs => _kept.Count > 0 && MayPropose ? local.Order.NextDueNs : null;

    /// <summary>There is nothing to commit of it, so that nothing has waited until it is completed again.</summary>
    public void ForgetIfSettled(RelativePath path)
    {
        if (!agenda.IsMarked(path) && ProgressOf(path) == ChangeProgress.Settled)
            local.Order.Forget(path);
    }

    private bool MayPropose =>
        remote.Session is not null && remote.IsCaughtUp && pushes.Room > 0 && !pushes.IsAnyDoomed && _postponed.Count == 0;

    /// <summary>What the next plan is for: where some of it has waited long enough, what is ready before that goes along.</summary>
    public HashSet<RelativePath> TakeDirty()
    {
        var dirty = new HashSet<RelativePath>();
        while (!agenda.IsEmpty)
        {
            dirty.UnionWith(agenda.Take());
            ReleaseKept(dirty);
        }
        _kept.ExceptWith(dirty);
        return dirty;
    }

    /// <summary>What had to wait for others, and perhaps need not any longer, is planned again, together with what it waited for.</summary>
    public void ReleaseKept(IReadOnlyCollection<RelativePath> planned)
    {
        if (_kept.Count == 0 || !MayPropose)
            return;
        var nowNs = clock.MonotonicNanoseconds();
        var mayGo = planned.Where(path => HopeFor(path) == ChangeProgress.Ready || local.Order.HasWaited(path, nowNs));
        var limit = local.Order.FindLimit(HopeFor, _kept.Concat(mayGo), nowNs);
        foreach (var path in _kept.Where(path => MayGo(path, local.Order.PlaceOf(path), limit, nowNs)).ToList())
        {
            _kept.Remove(path);
            agenda.Mark(path);
        }
    }

    /// <summary>Something of it that was not looked at yet may have come after what others have completed.</summary>
    private bool MayGo(RelativePath path, long? place, long limit, long nowNs) =>
        place is null || (place <= limit && (!local.IsUnseen(path) || local.Order.HasWaited(path, nowNs)));

    /// <summary>Pushes what can be pushed now. The rest waits for what comes before it, for its name to stay, or for room.</summary>
    public void Propose(IReadOnlyList<Propose> proposals)
    {
        var mayPropose = MayPropose;
        var ready = new List<Propose>();
        foreach (var proposal in proposals)
        {
            if (local.HasToWait(proposal.Change))
                continue;
            if (mayPropose)
                ready.Add(proposal);
            else
                _postponed.Add(proposal.Path);
        }
        if (!mayPropose)
            return;
        _kept.UnionWith(ready.Select(proposal => proposal.Path));
        var nowNs = clock.MonotonicNanoseconds();
        var limit = local.Order.FindLimit(ProgressOf, _kept, nowNs);
        var placed = ProposalOrder.Arrange(ready, local.Order.PlaceOf);
        PushAll(PushSets.Cut(placed.Where(item => item.Place is null).Select(item => item.Proposal), uploadsApart: false), isOrdered: false);
        PushAll(PushSets.Cut(placed.Where(item => item.Place is not null && MayGo(item.Proposal.Path, item.Place, limit, nowNs)).Select(item => item.Proposal), uploadsApart: true), isOrdered: true);
        if (_kept.Count > 0)
            _ = local.Order.FindLimit(ProgressOf, _kept, nowNs);
    }

    private void PushAll(IEnumerable<IReadOnlyList<Propose>> cut, bool isOrdered)
    {
        var sets = cut.ToList();
        // What has waited long enough goes, and all before it goes along.
        var due = sets.FindLastIndex(set => set.Any(item => local.Order.HasWaited(item.Path, clock.MonotonicNanoseconds())));
        var isUploading = false;
        for (var at = 0; at < sets.Count && (!isUploading || at <= due); at++)
        {
            var set = sets[at];
            _kept.ExceptWith(set.Select(item => item.Path));
            if (pushes.Room == 0)
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
        if (set.Any(proposal => trees[proposal.Path].IsFound) && local.TakeFound() is > 0 and var found)
            story.Narrate(StoryLines.Sharing(found));
        var isUploaded = set.Any(PushSets.IsUploaded);
        var open = pushes.Add(changes, [.. set.Select(item => item.KeepRemoteAs?.Path).OfType<RelativePath>()], isOrdered, isUploaded);
        var push = open.Push;
        output.Changes.Pushes.Add(push);
        output.Changes.LastCounter = push.Counter;
        local.Order.Send(push.Counter, [.. changes.Select(change => change.Path)], isUploaded && isOrdered, clock.MonotonicNanoseconds());
        if (isOrdered)
            RecordOvertaken(push.Counter);
        SetInFlight(push);
        story.Record(NodeEventType.Invoke, EventNames.Push, e => e with
        {
            Op = OpOf(push.Counter),
            Path = changes[0].Path.ToString(),
            Hash = ReplicaStory.HashOf(changes[0].To),
            Bytes = changes[0].To.Content.Size,
        });
        Send(open);
        return isUploaded;
    }

    private void RecordOvertaken(ulong counter)
    {
        foreach (var path in local.Order.Pass(counter, ProgressOf))
            story.Record(NodeEventType.Info, EventNames.Overtook, e => e with { Op = OpOf(counter), Path = path.ToString() });
    }

    /// <summary>It cannot be decided on before everything newer was read.</summary>
    public void Postpone(RelativePath path) => _postponed.Add(path);

    private void ProposePostponedIfRoom()
    {
        // Half a window at a time, or a long list would be planned anew for each push that is settled.
        if (_postponed.Count > 0 && remote.IsCaughtUp && (pushes.Count == 0 || pushes.Room >= Limits.PushesOpenMax / 2))
            ProposePostponed();
    }

    /// <summary>Everything newer was read, or there is room again.</summary>
    public void ProposePostponed()
    {
        foreach (var path in _postponed)
            agenda.Mark(path);
        _postponed.Clear();
    }

    /// <summary>How far a completed change is, after a plan that covers it.</summary>
    private ChangeProgress ProgressOf(RelativePath path)
    {
        var hope = HopeFor(path);
        if (hope == ChangeProgress.Waits || _kept.Contains(path) || _postponed.Contains(path) || local.Order.IsUnseen(path))
            return hope;
        return agenda.IsHeld(path) ? ChangeProgress.Waits : ChangeProgress.Settled;
    }

    /// <summary>The same, as far as it can be known without a plan: what is not known to wait may be ready.</summary>
    private ChangeProgress HopeFor(RelativePath path) =>
        !local.IsKnown(path) || trees.IsInFlight(path) || IsConflictUnresolved(path) ? ChangeProgress.Waits : ChangeProgress.Ready;

    /// <summary>It was edited here and elsewhere, and what becomes of it is known when the other content is here, or is not wanted any more.</summary>
    private bool IsConflictUnresolved(RelativePath path) =>
        remote.Content.IsFetching(path) && trees.Local(path).State != trees[path].SyncedState;
}
