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
    private readonly SeenFiles _seen = new();
    private readonly HeldPaths _held;
    private readonly AbsenceWatch _absences;
    private readonly NewNames _newNames;
    private readonly PushBook _pushes;
    private readonly PullTracker _pull = new();
    private readonly ReplicaStory _story;

    private ReplicaIdentity _identity;
    private SharePosition? _savedPosition;
    private SharePosition? _newest;
    private ReplicaSession? _session;
    private ulong _newestOwnCommit;
    private bool _isScanned;

    /// <summary>From what was stored; the identity is the one of this start.</summary>
    public Replica(IReplicaStore store, ReplicaIdentity identity, ReplicaOptions options, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        _identity = identity;
        _absences = new AbsenceWatch(options.DeletionQuiet, options.DeletionLongest);
        _newNames = new NewNames(options.NewNameQuiet);
        _held = new HeldPaths(options.HeldRetry, options.HeldRetryMax);
        _order = new OrderBook(options.OrderPatience);
        _story = new ReplicaStory(Output, options.Share, () => _session?.Epoch ?? _savedPosition?.Epoch);
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
            SetLocal(entry.Path, LocalState.Unsettled);
        }
        // What was not agreed on may have been read before it was durable: a loss of power since can have taken the bytes back
        // and left their signature.
        foreach (var (path, file) in store.ReadSeen())
            _seen[path] = IsSynced(path, file) ? file : file with { IsSettled = false };
        foreach (var push in _pushes.Open)
        {
            SetInFlight(push, true);
            // Agreed on any moment: nor is that believed to be gone before the scan has looked.
            foreach (var change in push.Changes)
            {
                if (!change.To.IsAbsent && !push.Copies.Contains(change.Path))
                    SetLocal(change.Path, LocalState.Unsettled);
            }
        }
    }

    internal ReplicaOutput Output { get; } = new();

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
            _newNames.Forget(path);
        ForgetDeletion(path);
    }

    /// <summary>A deletion is of no use once both sides agree that there is nothing.</summary>
    private void ForgetDeletion(RelativePath path)
    {
        if (_trees[path] is { IsBehind: false, Remote.State.IsAbsent: true })
            _trees.SetRemote(path, null);
    }

    private void SetLocal(RelativePath path, LocalState state)
    {
        if (_trees.Local(path) == state)
            return;
        _trees.SetLocal(path, state);
        _agenda.Mark(path);
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

    private bool IsSynced(RelativePath path, in SeenFile file) => _trees.Synced(path)?.State == EntryState.File(file.Content);

    /// <param name="path">Of the file.</param>
    /// <param name="file">As it was read; null: none is there.</param>
    /// <param name="mayBeWritten">Written on without a notice it would look the same: the next start is to read it again.</param>
    private void Remember(RelativePath path, SeenFile? file, bool mayBeWritten = false)
    {
        if (file is { } seen)
        {
            // What is open has its own turns to be read again.
            _ = seen.IsSettled || _open.IsLasting(path) ? _untrusted.Remove(path) : _untrusted.Add(path);
            file = seen = seen with { IsSettled = seen.IsSettled && !mayBeWritten };
            if (_seen.TryGetValue(path, out var known) && known == seen)
                return;
            _seen[path] = seen;
        }
        else if (!_seen.Remove(path))
        {
            return;
        }
        else
        {
            _untrusted.Remove(path);
        }
        Output.Changes.Seen[path] = file;
    }

    private string CopiesName => GivenName ?? "this client";

    private string OpOf(ulong counter) => EventOps.Push(new PushId(_identity.Id, counter));

    private PushId NextPushId => new(_identity.Id, _pushes.LastCounter + 1);
}
