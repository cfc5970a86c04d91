using Actors.Client.Planning;
using Actors.Client.Storage;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;

namespace Actors.Client.Cache;

/// <summary>
/// All that a replica knows and decides, without a disk, a network or a clock of its own: observations, pages and
/// outcomes go in; effects, orders for the disk and changes for the store come out. One thread at a time.
/// <para>
/// Three objects each own a part of it: what is here (<see cref="Local"/>), what is there (<see cref="Remote"/>), what is on
/// its way from here to there (<see cref="Outgoing"/>). What concerns one of them alone is asked of it directly; what concerns
/// several comes in here.
/// </para>
/// <para>
/// Its owner calls <see cref="Plan"/> after every input and takes what comes of it from <see cref="Output"/>: it carries out the
/// orders, reports the outcomes, and stores the changes before it sends a push or joins again; other effects need not wait
/// for the store.
/// </para>
/// </summary>
public sealed class Replica
{
    private readonly TimeProvider _clock;
    private readonly ReplicaTrees _trees = new();
    private readonly Agenda _agenda = new();
    private readonly ReplicaStory _story;

    /// <summary>From what was stored; the identity is the one of this start.</summary>
    public Replica(IReplicaStore store, ReplicaIdentity identity, ReplicaOptions options, TimeProvider clock)
    {
        _clock = clock;
        var facts = store.ReadFacts();
        _story = new ReplicaStory(Output, options.Share, () => Remote!.Epoch);
        Local = new LocalSide(_trees, _agenda, Output, _story, options, clock);
        Remote = new RemoteSide(_trees, _agenda, Output, _story, Local, facts, clock);
        var pushes = new PushBook(facts.LastCounter, store.ReadPushes());
        Outgoing = new Outgoing(_trees, _agenda, Output, _story, Local, Remote, options, clock, identity, pushes);
        foreach (var entry in store.ReadSynced())
        {
            _trees.SetSynced(entry.Path, entry);
            _trees.SetRemote(entry.Path, entry);
            // Not believed to be gone, or anything else, before the first scan has looked.
            Local.Doubt(entry.Path);
        }
        foreach (var (path, file) in store.ReadSeen())
            Local.Recall(path, file);
        Outgoing.Recall();
    }

    internal LocalSide Local { get; }

    internal RemoteSide Remote { get; }

    internal Outgoing Outgoing { get; }

    internal ReplicaOutput Output { get; } = new();

    /// <summary>Nothing is applied and nothing is proposed while this is set. Observations and pages are taken.</summary>
    public bool IsStopped { get; set; }

    /// <summary>Every local edit seen so far is committed, and all that was heard of is on disk, held paths excepted.</summary>
    public bool IsSettled =>
        Local.IsSettled && Remote.IsSettled && Outgoing.IsEmpty && _agenda.IsEmpty && _trees.Behind.All(Local.Held.Blocks);

    /// <summary>Whether something of the registry's may be put on the disk by the next plan.</summary>
    public bool MayApply => !IsStopped && Local.IsScanned && _trees.Behind.Count > 0 && (!_agenda.IsEmpty || Outgoing.IsAnyKept);

    /// <summary>Whether a path lives in the synced tree.</summary>
    public bool IsSynced(RelativePath path) => _trees.Synced(path) is not null;

    /// <summary>Whether a path lives in the synced tree, or may do so any moment: its push has no outcome yet.</summary>
    public bool IsSyncedOrInFlight(RelativePath path) => _trees[path].IsSyncedOrInFlight;

    /// <summary>What lives in the synced tree, each directory before what is in it.</summary>
    public IEnumerable<RelativePath> SyncedPaths => _trees.Below(RelativePath.Root).Where(IsSynced);

    /// <summary>Live files of the synced tree that the registry has not deleted: should they be gone here, they are deleted for all.</summary>
    public IEnumerable<RelativePath> FilesAtStake => _trees.Below(RelativePath.Root).Where(path =>
        _trees.Synced(path) is { State.IsFile: true } && _trees.Remote(path) is not { State.IsAbsent: true });

    /// <summary>At most so many paths are named in each list.</summary>
    public ReplicaReport Report(int most = 100) => ReplicaReport.Of(_trees, Local, Remote, Outgoing, most);

    /// <summary>Takes what was seen, and is still so. Returns paths whose content has to be read to know them: other names of the same file too.</summary>
    public IReadOnlyList<RelativePath> Observe(Observation observation)
    {
        if (observation is Observation.Noticed)
            Outgoing.ForgetIfSettled(observation.Path);
        var unread = Local.Observe(observation);
        if (observation is not (Observation.Noticed or Observation.Listing))
            Outgoing.ForgetIfSettled(observation.Path);
        return unread;
    }

    /// <summary>Every directory was listed, and everything in them read, since the scan began.</summary>
    public void FinishScan()
    {
        if (Local.IsScanned)
            return;
        Local.FinishScan();
        Remote.PullIfNeeded();
    }

    /// <summary>A session begins.</summary>
    public void Join(Admission admission)
    {
        var epoch = admission.Session.Epoch;
        Remote.Enter(admission.Session);
        var resumes = admission.Resumed && Remote.Position is not null;
        if (!resumes)
            Revalidate(epoch);
        Remote.ReadFromCursor(admission.Head);
        if (resumes)
        {
            Remote.Resume(epoch);
            foreach (var outcome in admission.Outcomes)
                Outgoing.Resolve(outcome, admission.Head);
        }
        Remote.PullIfNeeded();
    }

    /// <summary>No session: nothing is proposed until there is one again. Pushes stay in doubt.</summary>
    public void Leave()
    {
        if (Remote.Session is null)
            return;
        Remote.Leave();
        Outgoing.Leave();
    }

    /// <summary>This replica has a new identity from now on: nothing counts as agreed on.</summary>
    public void TakeNewIdentity(NodeId id)
    {
        Leave();
        Forget();
        Outgoing.TakeNewIdentity(id);
    }

    /// <summary>Something may be due: lost answers, pushes without an outcome.</summary>
    public void Tick()
    {
        _story.More();
        if (Remote.Session is null)
            return;
        Outgoing.Retry();
        Remote.PullIfNeeded();
    }

    /// <summary>The newest commit is at least this one.</summary>
    public void HearOfHead(ulong head)
    {
        Remote.Hear(head);
        Remote.PullIfNeeded();
    }

    public void TakePage(UpdatesPage page)
    {
        if (!Remote.TakePage(page))
            return;
        if (page.Complete)
            Outgoing.ProposePostponed();
        // The next page travels while this one is applied.
        Remote.PullIfNeeded();
    }

    /// <summary>Content cannot be had: overtaken, most likely, by a newer version that comes with a page.</summary>
    public void FailFetch(WantedContent failed)
    {
        if (!Remote.Content.EndFetch(failed))
            return;
        Outgoing.Postpone(failed.Entry.Path);
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

    /// <summary>Decides what can be decided now.</summary>
    public void Plan()
    {
        if (Output.HasOrders)
            return;
        if (!IsStopped && Local.IsScanned)
            Decide();
        Remote.Content.ForgetInline();
        Remote.SaveCursorIfWhole();
        if (_story.IsQuietAwaited && Remote.Session is not null && IsSettled)
            _story.Quiet(isNothingBehind: _trees.Behind.Count == 0);
    }

    /// <summary>What came of an order.</summary>
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

    private void Decide()
    {
        Outgoing.ReleaseKept([]);
        if (_agenda.IsEmpty)
            return;
        var naming = new CopyNaming(Remote.GivenName ?? "this client", _clock.GetUtcNow(), Outgoing.NextPushId);
        var names = new ConflictNames(naming.Loser, naming.LostAt, naming.Push, IsTaken);
        var plan = Planner.Plan(_trees, Outgoing.TakeDirty(), names.For);
        _agenda.Note(plan);
        foreach (var step in plan.Agreed)
            Adopt(step.Entry);
        foreach (var step in plan.Applied)
            Order(step, names, naming);
        Outgoing.Propose(plan.Proposed);
    }

    private void Adopt(TreeEntry entry)
    {
        if (_trees[entry.Path].SyncedState != entry.State)
            Output.Adopt(entry.Path);
        Remote.Agree(entry);
    }

    private void Order(Apply step, ConflictNames names, CopyNaming naming)
    {
        var source = default(ContentSource);
        if (step.Entry.State.IsFile && !Remote.Content.TryTake(step.Entry, out source))
            return;
        Output.Order(new ApplyOrder(
            step.Entry,
            step.Expected,
            Local.SeenAt(step.Path),
            source,
            step.KeepLocalAs ?? names.For(step.Path),
            step.KeepLocalAs is not null,
            naming));
    }

    private bool IsTaken(RelativePath path) =>
        _trees.Local(path) != LocalState.Absent || _trees.Remote(path) is { State.IsAbsent: false } || _trees.IsInFlight(path);

    /// <summary>
    /// The server does not know the position: nothing counts as agreed on, so that nothing can be taken for deleted. Bases
    /// of pushes in doubt mean nothing any more; what they would have brought is still on disk, and is decided on anew.
    /// </summary>
    private void Revalidate(EpochId epoch)
    {
        if (Remote.Position is not null || SyncedPaths.Any() || Outgoing.Count > 0)
            Forget();
        Remote.Begin(epoch);
    }

    private void Forget()
    {
        Output.ForgetAgreement();
        Outgoing.Forget();
        // Before the synced tree is gone: the names in it are not new.
        Local.ForgetAgreement();
        Remote.Forget();
        _agenda.Mark(RelativePath.Root);
    }

    private static string Megabytes(long bytes) => $"{bytes / 1_000_000.0:0.#} MB";
}
