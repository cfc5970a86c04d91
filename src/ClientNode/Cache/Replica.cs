using Actors.Client.Planning;
using Actors.Client.Storage;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.Cache;

/// <summary>
/// All that a replica knows and decides, without a disk, a network or a clock of its own: observations, pages and
/// outcomes go in; effects, orders for the disk and changes for the store come out. One thread at a time.
/// <para>
/// Its owner calls <see cref="Plan"/> after every input and takes what comes of it from <see cref="Output"/>: it carries out the
/// orders, reports the outcomes, and stores the changes before it carries out the effects.
/// </para>
/// </summary>
public sealed partial class Replica
{
    private readonly ReplicaOptions _options;
    private readonly TimeProvider _clock;
    private readonly ReplicaTrees _trees = new();
    private readonly Agenda _agenda = new();
    private readonly PushBook _pushes;
    private readonly ReplicaStory _story;

    private ReplicaIdentity _identity;

    /// <summary>From what was stored; the identity is the one of this start.</summary>
    public Replica(IReplicaStore store, ReplicaIdentity identity, ReplicaOptions options, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        _identity = identity;
        _story = new ReplicaStory(Output, options.Share, () => Remote!.Epoch);
        Local = new LocalSide(_trees, _agenda, Output, _story, options, clock);
        var facts = store.ReadFacts();
        Remote = new RemoteSide(_trees, _agenda, Output, _story, Local, facts, clock);
        _pushes = new PushBook(facts.LastCounter, store.ReadPushes());
        foreach (var entry in store.ReadSynced())
        {
            _trees.SetSynced(entry.Path, entry);
            _trees.SetRemote(entry.Path, entry);
            // Not believed to be gone, or anything else, before the first scan has looked.
            Local.Doubt(entry.Path);
        }
        foreach (var (path, file) in store.ReadSeen())
            Local.Recall(path, file);
        foreach (var push in _pushes.Open)
        {
            SetInFlight(push, true);
            // Agreed on any moment: nor is that believed to be gone before the scan has looked.
            foreach (var change in push.Changes)
            {
                if (!change.To.IsAbsent && !push.Copies.Contains(change.Path))
                    Local.Doubt(change.Path);
            }
        }
    }

    internal ReplicaOutput Output { get; } = new();

    internal LocalSide Local { get; }

    internal RemoteSide Remote { get; }

    public ReplicaIdentity Identity => _identity;

    public ulong SettledThrough => _pushes.SettledThrough;

    public IEnumerable<StoredPush> PushesInDoubt => _pushes.Open;

    /// <summary>Nothing is applied and nothing is proposed while this is set. Observations and pages are taken.</summary>
    public bool IsStopped { get; set; }

    /// <summary>Whether a path lives in the synced tree.</summary>
    public bool IsSynced(RelativePath path) => _trees.Synced(path) is not null;

    /// <summary>Whether a path lives in the synced tree, or may do so any moment: its push has no outcome yet.</summary>
    public bool IsSyncedOrInFlight(RelativePath path) => _trees[path].IsSyncedOrInFlight;

    /// <summary>What lives in the synced tree, each directory before what is in it.</summary>
    public IEnumerable<RelativePath> SyncedPaths => _trees.Below(RelativePath.Root).Where(IsSynced);

    /// <summary>Whether something of the registry's may be put on the disk by the next plan.</summary>
    public bool MayApply => !IsStopped && Local.IsScanned && _trees.Behind.Count > 0 && (!_agenda.IsEmpty || _kept.Count > 0);

    /// <summary>Live files of the synced tree that the registry has not deleted: should they be gone here, they are deleted for all.</summary>
    public IEnumerable<RelativePath> FilesAtStake => _trees.Below(RelativePath.Root).Where(path =>
        _trees.Synced(path) is { State.IsFile: true } && _trees.Remote(path) is not { State.IsAbsent: true });

    /// <summary>Takes what was seen, and is still so. Returns paths whose content has to be read to know them: other names of the same file too.</summary>
    public IReadOnlyList<RelativePath> Observe(Observation observation)
    {
        if (observation is Observation.Noticed)
            ForgetIfSettled(observation.Path);
        var unread = Local.Observe(observation);
        if (observation is not (Observation.Noticed or Observation.Listing))
            ForgetIfSettled(observation.Path);
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
                Resolve(outcome, admission.Head);
        }
        Remote.PullIfNeeded();
    }

    /// <summary>No session: nothing is proposed until there is one again. Pushes stay in doubt.</summary>
    public void Leave()
    {
        if (Remote.Session is null)
            return;
        Remote.Leave();
        foreach (var push in _pushes.Open)
            _pushes.RetryAt(push.Counter, long.MaxValue);
    }

    /// <summary>This replica has a new identity from now on: nothing counts as agreed on.</summary>
    public void TakeNewIdentity(NodeId id)
    {
        Leave();
        Forget();
        _identity = _identity with { Id = id };
        Output.Changes.Identity = _identity;
        Output.Changes.LastCounter = 0;
        _pushes.Restart();
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
            ProposePostponed();
        // The next page travels while this one is applied.
        Remote.PullIfNeeded();
    }

    /// <summary>Something may be due: lost answers, pushes without an outcome.</summary>
    public void Tick()
    {
        _story.More();
        if (Remote.Session is null)
            return;
        foreach (var push in _pushes.DueForRetry(_clock.MonotonicNanoseconds()).ToList())
            Send(push);
        Remote.PullIfNeeded();
    }

    /// <summary>
    /// The server does not know the position: nothing counts as agreed on, so that nothing can be taken for deleted. Bases
    /// of pushes in doubt mean nothing any more; what they would have brought is still on disk, and is decided on anew.
    /// </summary>
    private void Revalidate(EpochId epoch)
    {
        if (Remote.Position is not null || SyncedPaths.Any() || _pushes.Count > 0)
            Forget();
        Remote.Begin(epoch);
    }

    private void Forget()
    {
        Output.ForgetAgreement();
        foreach (var push in _pushes.Open)
        {
            Output.Add(new ReplicaEffect.EndPush(push));
            // What became of it will never be known.
            _story.Record(NodeEventType.Info, EventNames.Push, e => e with { Op = OpOf(push.Counter), Path = push.Changes[0].Path.ToString() });
        }
        foreach (var push in _pushes.Open.ToList())
        {
            foreach (var change in push.Changes)
                _trees.SetInFlight(change.Path, false);
        }
        _pushes.Clear();
        _postponed.Clear();
        _kept.Clear();
        Local.ForgetAgreement();
        Remote.Forget();
        _agenda.Mark(RelativePath.Root);
    }

    private void Resolve(DoubtOutcome outcome, ulong head)
    {
        if (outcome.AcceptedAs is { } committed)
            Accept(outcome.Counter, committed, committed.Cursor);
        else if (outcome.Refused is { } refused)
            Refuse(refused, head);
        else if (_pushes.WasSent(outcome.Counter) && !_pushes.IsDoomed(outcome.Counter)
            && _pushes.Find(outcome.Counter) is { } push && !DeletesWhatIsThere(push))
            Send(push);
        else
            Withdraw(outcome.Counter);
    }

    private void SetInFlight(StoredPush push, bool inFlight)
    {
        foreach (var change in push.Changes)
        {
            _trees.SetInFlight(change.Path, inFlight);
            if (inFlight)
                continue;
            Remote.ForgetDeletion(change.Path);
            _agenda.Mark(change.Path);
        }
    }

    private string CopiesName => Remote.GivenName ?? "this client";

    private string OpOf(ulong counter) => EventOps.Push(new PushId(_identity.Id, counter));

    private PushId NextPushId => new(_identity.Id, _pushes.LastCounter + 1);
}
