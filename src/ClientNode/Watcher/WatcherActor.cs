using System.Diagnostics.CodeAnalysis;
using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Messages;
using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.Watcher;

/// <summary>
/// Watches the replica's directory, tells the Cache what it sees, loads the pushes that the Cache decides on, and sends
/// them once they are stored. At most one batch of observations is on its way, so a slow Cache makes nothing grow.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "An actor ends what it owns in PostStop.")]
public sealed class WatcherActor : ReceiveActor, IWithTimers
{
    private const int BatchMax = 64;
    private const string LookAgainTimer = "look-again";

    private readonly IFileSystem _files;
    private readonly FileSystemTraits _traits;
    private readonly ObserverOptions _options;
    private readonly TimeProvider _clock;
    private readonly PushLoader _loader;
    private readonly Dictionary<ulong, (PushDispatch Dispatch, LoadedPush Push)> _loaded = [];

    // Never sent, and never to be sent: the Cache withdraws them when it is told.
    private readonly HashSet<StoredPush> _withdrawn = new(ReferenceEqualityComparer.Instance);
    private readonly List<(IActorRef Asker, ulong Request)> _settling = [];
    private DiskObserver? _observer;
    private AbsenceLook? _absences;
    private IActorRef _cache = ActorRefs.Nobody;
    private IActorRef _registry = ActorRefs.Nobody;
    private bool _isBatchUnderWay;
    private Scanned? _told;
    private bool _isScanning;
    private bool _isContinuing;

    public WatcherActor(IFileSystem files, FileSystemTraits traits, ObserverOptions options)
    {
        _files = files;
        _traits = traits;
        _options = options;
        _clock = new ActorSystemTime(Context.System.Scheduler);
        _loader = new PushLoader(files, traits);
        Receive<Begin>(begin => OnBegin(begin.Cache));
        Receive<ToRegistry>(message => _registry = message.Registry);
        Receive<DiskStirred>(_ => OnStirred());
        Receive<Rescan>(_ => OnRescan());
        Receive<Look>(look => OnLook(look.Paths));
        Receive<ReadOpen>(OnReadOpen);
        Receive<Compare>(OnCompare);
        Receive<Taken>(taken => OnTaken(taken.LookAt));
        Receive<Continue>(_ => OnContinue());
        Receive<LookAgain>(_ => Work());
        Receive<Settle>(settle => OnSettle(settle.Request));
        Receive<PushDispatch>(OnPushDispatch);
        Receive<PushStored>(stored => OnPushStored(stored.Counter));
        Receive<PushAccepted>(outcome => _cache.Forward(outcome));
        Receive<PushRejected>(outcome => _cache.Forward(outcome));
        Receive<ContentMissing>(outcome => _cache.Forward(outcome));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PostStop()
    {
        _observer?.Dispose();
        base.PostStop();
    }

    private void OnBegin(IActorRef cache)
    {
        _cache = cache;
        _loaded.Clear();
        _withdrawn.Clear();
        _absences = new AbsenceLook(_files, _files.Stat(RelativePath.Root)!.Value.Device);
        var self = Self;
        _observer = new DiskObserver(_files, _traits, _clock, _options, () => self.Tell(DiskStirred.Instance));
        OnRescan();
    }

    private void OnStirred()
    {
        if (_observer!.Harvest())
            OnRescan();
        Work();
    }

    private void OnRescan()
    {
        BeginScan();
        Work();
    }

    private void BeginScan()
    {
        _isScanning = true;
        _observer!.Scan();
    }

    private void OnLook(IReadOnlyList<RelativePath> paths)
    {
        foreach (var path in paths)
            _observer!.Look(path);
        Work();
    }

    private void OnReadOpen(ReadOpen read)
    {
        foreach (var path in read.Paths)
            _observer!.ReadOpen(path);
        Work();
    }

    private void OnCompare(Compare compare)
    {
        foreach (var (path, signature) in compare.Seen)
        {
            if (!IsAsSeen(path, signature))
                _observer!.Look(path);
        }
        Work();
    }

    private bool IsAsSeen(RelativePath path, FileSignature signature)
    {
        try
        {
            return _files.Stat(path)?.Signature == signature;
        }
        catch (FileFaultException e) when (!e.StopsTheNode)
        {
            return false;
        }
    }

    private void OnTaken(IReadOnlyList<RelativePath> lookAt)
    {
        _isBatchUnderWay = false;
        OnLook(lookAt);
    }

    private void OnContinue()
    {
        _isContinuing = false;
        Work();
    }

    private void OnPushDispatch(PushDispatch dispatch)
    {
        _withdrawn.RemoveWhere(push => push.Counter <= dispatch.SettledThrough);
        if (!_withdrawn.Contains(dispatch.Push))
            _loaded[dispatch.Push.Counter] = (dispatch, _loader.Load(dispatch));
    }

    /// <summary>What a push deletes is looked at once more before it goes: nothing is deleted for others that is there.</summary>
    private void OnPushStored(ulong counter)
    {
        if (!_loaded.Remove(counter, out var ready))
            return;
        var (stored, isRepeat) = (ready.Dispatch.Push, ready.Dispatch.IsRepeat);
        if (ready.Push.Undurable.Count > 0)
        {
            _withdrawn.Add(stored);
            _cache.Tell(new Undurable(stored, ready.Push.Undurable));
            return;
        }
        var there = stored.Changes.Where(change => change.To.IsAbsent && !_absences!.IsGone(change.Path)).Select(change => change.Path).ToList();
        if (there.Count == 0)
        {
            _registry.Tell(ready.Push.Message);
            return;
        }
        if (!isRepeat)
            _withdrawn.Add(stored);
        _cache.Tell(new Withheld(stored, isRepeat, there));
    }

    private void OnSettle(ulong request)
    {
        _settling.Add((Sender, request));
        _observer!.Harvest();
        // Some changes come without notice: the answer that everything was sent must cover them too.
        OnRescan();
    }

    private void Work()
    {
        if (_isBatchUnderWay || _observer is null)
            return;
        if (!_observer.HasWork)
        {
            OnIdle();
            return;
        }
        List<Observation> seen = [.. _observer.TakeNotices(), .. _observer.Next(BatchMax)];
        // What has happened until it was looked at is known before what was seen is decided on: it may have come first.
        if (_observer.Harvest())
            BeginScan();
        seen.AddRange(_observer.TakeNotices());
        if (seen.Count > 0)
        {
            _isBatchUnderWay = true;
            _cache.Tell(new Observed(seen));
        }
        else if (!_isContinuing)
        {
            // A large file: other work has its turn between two slices.
            _isContinuing = true;
            Self.Tell(Continue.Instance);
        }
    }

    private void OnIdle()
    {
        // Also between two scans a directory may come that cannot be watched, and then nothing but scans finds what is in it.
        var scanned = new Scanned(_observer!.IsOutOfWatches, _observer.Unnameable);
        if (_isScanning || scanned != _told)
        {
            _isScanning = false;
            _told = scanned;
            _cache.Tell(scanned);
        }
        foreach (var (asker, request) in _settling)
            asker.Tell(new Settled(request));
        _settling.Clear();
        if (_observer!.NextDueNs is not { } due || due == long.MaxValue)
            return;
        Timers.StartSingleTimer(LookAgainTimer, LookAgain.Instance, _clock.Until(due));
    }

    /// <summary>From the Cache: it is ready to receive.</summary>
    public sealed record Begin(IActorRef Cache);

    /// <summary>From the Cache: where pushes go from now on.</summary>
    public sealed record ToRegistry(IActorRef Registry);

    /// <summary>From the Cache: look at these paths.</summary>
    public sealed record Look(IReadOnlyList<RelativePath> Paths);

    /// <summary>From the Cache: read these as they are, without waiting until their writers close them.</summary>
    public sealed record ReadOpen(IReadOnlyList<RelativePath> Paths);

    /// <summary>From the Cache: look at those that are not as they were seen.</summary>
    public sealed record Compare(IReadOnlyList<(RelativePath Path, FileSignature Signature)> Seen);

    /// <summary>From the Cache: the batch is done; these paths have to be looked at.</summary>
    public sealed record Taken(IReadOnlyList<RelativePath> LookAt);

    /// <summary>From the Cache, after a <see cref="PushDispatch"/>: it survives a crash here, so it may be sent.</summary>
    public sealed record PushStored(ulong Counter);

    /// <summary>To the Cache: a push was not sent, because these paths that it deletes are there, or may be.</summary>
    public sealed record Withheld(StoredPush Push, bool IsRepeat, IReadOnlyList<RelativePath> There);

    /// <summary>To the Cache: a push was not sent, because the disk did not make durable what lies at these paths.</summary>
    public sealed record Undurable(StoredPush Push, IReadOnlyList<(RelativePath Path, string Reason)> Paths);

    /// <summary>From the Cache: answer when everything that happened on disk until now was sent.</summary>
    public sealed record Settle(ulong Request);

    /// <summary>To the Cache.</summary>
    public sealed record Settled(ulong Request);

    /// <summary>To the Cache: what was seen, in order. Answered by <see cref="Taken"/>.</summary>
    public sealed record Observed(IReadOnlyList<Observation> Seen);

    /// <summary>To the Cache: every directory was listed, and what was unknown in them was read; sent again when the answer changes.</summary>
    public sealed record Scanned(bool IsOutOfWatches, int Unnameable);

    public sealed record Rescan
    {
        public static Rescan Instance { get; } = new();
    }

    private sealed record DiskStirred
    {
        public static DiskStirred Instance { get; } = new();
    }

    private sealed record Continue
    {
        public static Continue Instance { get; } = new();
    }

    private sealed record LookAgain
    {
        public static LookAgain Instance { get; } = new();
    }
}
