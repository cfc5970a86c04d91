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
    private readonly PullTracker _pull = new();
    private readonly ReplicaStory _story;

    private ReplicaIdentity _identity;
    private SharePosition? _savedPosition;
    private SharePosition? _newest;
    private ReplicaSession? _session;
    private ulong _newestOwnCommit;

    /// <summary>From what was stored; the identity is the one of this start.</summary>
    public Replica(IReplicaStore store, ReplicaIdentity identity, ReplicaOptions options, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        _identity = identity;
        _story = new ReplicaStory(Output, options.Share, () => _session?.Epoch ?? _savedPosition?.Epoch);
        Local = new LocalSide(_trees, _agenda, Output, _story, options, clock);
        var facts = store.ReadFacts();
        (_savedPosition, _newest) = (facts.Position, facts.Newest);
        GivenName = facts.Name.Length > 0 ? facts.Name : null;
        _content = new ArrivingContent(_agenda, Output);
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

    internal ArrivingContent Content => _content;

    public ReplicaIdentity Identity => _identity;

    /// <summary>The position of the last saved cursor; null: none in this share's history.</summary>
    public SharePosition? Position => _savedPosition;

    /// <summary>
    /// The newest place in the share's history that the replica has anything of. It may lie beyond the cursor, over a restart
    /// too: a server on whose chain it does not lie has lost commits, although the cursor lies on it.
    /// </summary>
    public SharePosition? Newest => _newest;

    public ReplicaSession? Session => _session;

    /// <summary>What the server called this node last; null: it was never welcomed.</summary>
    public string? GivenName { get; private set; }

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
        PullIfNeeded();
    }

    /// <summary>Something may be due: lost answers, pushes without an outcome.</summary>
    public void Tick()
    {
        _story.More();
        if (_session is null)
            return;
        foreach (var push in _pushes.DueForRetry(_clock.MonotonicNanoseconds()).ToList())
            Send(push);
        PullIfNeeded();
    }

    private void SetRemote(TreeEntry entry)
    {
        _trees.SetRemote(entry.Path, entry);
        ForgetDeletion(entry.Path);
    }

    private void SetSynced(RelativePath path, TreeEntry? entry)
    {
        var live = entry is null || entry.State.IsAbsent ? null : entry;
        Output.KeepWhole();
        _trees[path] = _trees[path] with { Synced = live, IsFound = false };
        Output.Changes.Synced[path] = live;
        if (live is not null)
            Local.NoteAgreed(path);
        ForgetDeletion(path);
    }

    /// <summary>A deletion is of no use once both sides agree that there is nothing.</summary>
    private void ForgetDeletion(RelativePath path)
    {
        if (_trees[path] is { IsBehind: false, Remote.State.IsAbsent: true })
            _trees.SetRemote(path, null);
    }

    private void SetInFlight(StoredPush push, bool inFlight)
    {
        foreach (var change in push.Changes)
        {
            _trees.SetInFlight(change.Path, inFlight);
            if (inFlight)
                continue;
            ForgetDeletion(change.Path);
            _agenda.Mark(change.Path);
        }
    }

    private string CopiesName => GivenName ?? "this client";

    private string OpOf(ulong counter) => EventOps.Push(new PushId(_identity.Id, counter));

    private PushId NextPushId => new(_identity.Id, _pushes.LastCounter + 1);
}
