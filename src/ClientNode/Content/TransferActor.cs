using System.Diagnostics.CodeAnalysis;
using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Messages;
using Actors.Messages.Content;
using Actors.Messages.Tree;
using Actors.Messages.Wire;
using Actors.NodeShell;
using Google.Protobuf;

namespace Actors.Client.Content;

/// <summary>
/// The bulk lane, both ways: gives the server's session the content of open pushes, and fetches content into the staging
/// area. At most 16 parts are outstanding, which bounds the memory of both sides.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "An actor ends what it owns in PostStop.")]
public sealed class TransferActor : ReceiveActor, IWithTimers
{
    private const string PatienceTimer = "patience";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly IFileSystem _files;
    private readonly DiskRoom _room;
    private readonly ContentOffers _offers;
    private readonly LinkedList<WantedContent> _waiting = new();
    private readonly List<ContentFetch> _active = [];
    // Equal parts of several contents are asked for once.
    private readonly Dictionary<ContentHash, List<ContentFetch>> _asked = [];
    private IActorRef _cache = ActorRefs.Nobody;
    private IActorRef _peer = ActorRefs.Nobody;
    private SessionKey _key = new(0, ByteString.Empty);
    private bool _hasMoved;

    /// <param name="files">The replica.</param>
    /// <param name="reserveBytes">What content leaves free of the disk.</param>
    public TransferActor(IFileSystem files, long reserveBytes)
    {
        _files = files;
        _room = new DiskRoom(files, reserveBytes);
        _offers = new ContentOffers(files);
        Receive<OpenLane>(OnOpenLane);
        Receive<CloseLane>(_ => _peer = ActorRefs.Nobody);
        Receive<OfferContent>(offer => _offers.Add(offer.Push));
        Receive<EndOffer>(end => _offers.Remove(end.Counter));
        Receive<EndOffers>(_ => _offers.Clear());
        Receive<FetchContent>(OnFetch);
        Receive<StopFetch>(OnStopFetch);
        Receive<PullChunks>(OnPullChunks);
        Receive<Chunk>(OnChunk);
        Receive<ChunkUnavailable>(OnUnavailable);
        Receive<LosePatience>(_ => OnPatience());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer(PatienceTimer, LosePatience.Instance, Patience);

    protected override void PostStop()
    {
        _offers.Dispose();
        foreach (var fetch in _active)
            fetch.Dispose();
    }

    private void OnOpenLane(OpenLane lane)
    {
        _cache = Sender;
        _peer = lane.Peer;
        _key = lane.Key;
        AskAgain();
        Advance();
    }

    private void OnFetch(FetchContent fetch)
    {
        Forget(fetch.Content.Entry.Path);
        _waiting.AddLast(fetch.Content);
        Advance();
    }

    private void OnStopFetch(StopFetch stop)
    {
        Forget(stop.Path);
        // Another one of the same content, or for whose room there was not enough, may have waited for just this one.
        Advance();
    }

    private void Forget(RelativePath path)
    {
        for (var node = _waiting.First; node is not null; node = node.Next)
        {
            if (node.Value.Entry.Path != path)
                continue;
            _waiting.Remove(node);
            break;
        }
        if (_active.Find(fetch => fetch.Entry.Path == path) is { } active)
        {
            End(active);
            _ = _files.Delete(ReplicaLayout.InStaging(active.Name));
        }
    }

    private bool IsMine(ISessionMessage message) => _key.Admits(message, Context);

    private void OnPullChunks(PullChunks pull)
    {
        if (!IsMine(pull))
            return;
        foreach (var wanted in pull.Wanted.Take(Limits.ChunksOutstandingMax))
        {
            if (!ContentHash.TryRead(wanted.Hash.Span, out var hash))
                continue;
            var root = ContentHash.TryRead(wanted.Root.Span, out var named) ? named : (ContentHash?)null;
            var bytes = wanted.Offset <= long.MaxValue ? _offers.Find(hash, root, (long)wanted.Offset, wanted.Branch) : null;
            Sender.Tell(bytes is null
                ? _key.Seal(new ChunkUnavailable { Hash = wanted.Hash })
                : _key.Seal(new Chunk { Hash = wanted.Hash, Content = UnsafeByteOperations.UnsafeWrap(bytes) }));
        }
    }

    private void OnChunk(Chunk chunk)
    {
        if (!IsMine(chunk) || !ContentHash.TryRead(chunk.Hash.Span, out var hash) || !_asked.Remove(hash, out var fetches))
            return;
        _hasMoved = true;
        foreach (var fetch in fetches)
        {
            if (Try(fetch, () => fetch.Accept(hash, chunk.Content.Span), ChunkAcceptance.Accepted) == ChunkAcceptance.Corrupt)
                Fail(fetch);
        }
        Advance();
    }

    private void OnUnavailable(ChunkUnavailable unavailable)
    {
        if (!IsMine(unavailable) || !ContentHash.TryRead(unavailable.Hash.Span, out var hash) || !_asked.TryGetValue(hash, out var fetches))
            return;
        foreach (var fetch in fetches.ToList())
            Fail(fetch);
        Advance();
    }

    private void OnPatience()
    {
        if (!_hasMoved)
            AskAgain();
        _hasMoved = false;
    }

    /// <summary>Fills the window, the oldest fetch first; another one is begun where those before it have nothing to ask for.</summary>
    private void Advance()
    {
        if (_peer.IsNobody())
            return;
        var wants = new List<(ContentFetch Fetch, ChunkWant Want)>();
        for (var i = 0; _asked.Count < Limits.ChunksOutstandingMax; i++)
        {
            if (i == _active.Count && !BeginNext())
                break;
            var fetch = _active[i];
            var isOver = !Try(fetch, () => AskFor(fetch, wants), false);
            if (!isOver && !fetch.IsComplete)
                continue;
            if (!isOver)
                Complete(fetch);
            i--;
        }
        Ask(wants);
    }

    private bool AskFor(ContentFetch fetch, List<(ContentFetch Fetch, ChunkWant Want)> wants)
    {
        while (_asked.Count < Limits.ChunksOutstandingMax && fetch.TryNext(out var want))
            NoteAsked(fetch, want, wants);
        return true;
    }

    /// <summary>Where the disk does not take the content, the fetch is over and the other answer is given.</summary>
    private T Try<T>(ContentFetch fetch, Func<T> step, T otherwise)
    {
        try
        {
            return step();
        }
        catch (FileFaultException e) when (!e.StopsTheNodeWhileStaging)
        {
            End(fetch);
            _ = _files.Delete(ReplicaLayout.InStaging(fetch.Name));
            _cache.Tell(new CannotStage(fetch.Wanted, e.Reason));
            return otherwise;
        }
    }

    private bool BeginNext()
    {
        if (_active.Count >= Limits.ChunksOutstandingMax || _waiting.Count == 0)
            return false;
        var free = _room.FreeBytes();
        var room = free - _active.Sum(fetch => fetch.Remaining);
        for (var node = _waiting.First; node is not null;)
        {
            var (content, next) = (node.Value, node.Next);
            var size = content.Entry.State.Content.Size;
            if (size > free)
            {
                _waiting.Remove(node);
                _cache.Tell(new NoRoom(content, free));
            }
            // Else it fits when those before it are done.
            else if (size <= room && TryBegin(node))
            {
                return true;
            }
            node = next;
        }
        return false;
    }

    private bool TryBegin(LinkedListNode<WantedContent> node)
    {
        // One file of the staging area for each content: equal ones come one after the other.
        if (_active.Exists(fetch => fetch.Entry.State.Content.Root == node.Value.Entry.State.Content.Root))
            return false;
        _waiting.Remove(node);
        try
        {
            _active.Add(new ContentFetch(_files, node.Value));
            return true;
        }
        catch (FileFaultException e) when (!e.StopsTheNodeWhileStaging)
        {
            _cache.Tell(new CannotStage(node.Value, e.Reason));
            return false;
        }
    }

    private void NoteAsked(ContentFetch fetch, ChunkWant want, List<(ContentFetch Fetch, ChunkWant Want)> wants)
    {
        if (!_asked.TryGetValue(want.Hash, out var fetches))
        {
            _asked.Add(want.Hash, fetches = []);
            wants.Add((fetch, want));
        }
        fetches.Add(fetch);
    }

    private void Complete(ContentFetch fetch)
    {
        if (Try(fetch, () => (bool?)fetch.Finish(), null) is not { } isWhole)
            return;
        End(fetch);
        if (isWhole)
        {
            _cache.Tell(new Fetched(fetch.Wanted, fetch.Name));
            return;
        }
        _ = _files.Delete(ReplicaLayout.InStaging(fetch.Name));
        _cache.Tell(new FetchFailed(fetch.Wanted));
    }

    private void Fail(ContentFetch fetch)
    {
        End(fetch);
        // Overtaken by a newer version, most likely: what is here of it will not be asked for again.
        _ = _files.Delete(ReplicaLayout.InStaging(fetch.Name));
        _cache.Tell(new FetchFailed(fetch.Wanted));
    }

    private void End(ContentFetch fetch)
    {
        fetch.Dispose();
        _active.Remove(fetch);
        foreach (var (hash, fetches) in _asked.ToList())
        {
            if (fetches.Remove(fetch) && fetches.Count == 0)
                _asked.Remove(hash);
        }
    }

    private void AskAgain()
    {
        if (_peer.IsNobody())
            return;
        _asked.Clear();
        var wants = new List<(ContentFetch Fetch, ChunkWant Want)>();
        foreach (var fetch in _active)
        {
            foreach (var want in fetch.Outstanding)
            {
                NoteAsked(fetch, want, wants);
            }
        }
        Ask(wants);
    }

    private void Ask(List<(ContentFetch Fetch, ChunkWant Want)> wants)
    {
        if (wants.Count == 0)
            return;
        var pull = _key.Seal(new PullChunks());
        foreach (var (fetch, want) in wants)
        {
            pull.Wanted.Add(new ChunkWanted
            {
                Hash = want.Hash.ToBytes(),
                Root = fetch.Entry.State.Content.Root.ToBytes(),
                Offset = (ulong)want.Offset,
                Branch = want.IsBranch,
            });
        }
        _peer.Tell(pull);
    }

    /// <summary>From the Cache: a session has begun; its transfer actor is the peer.</summary>
    public sealed record OpenLane(IActorRef Peer, SessionKey Key);

    /// <summary>From the Cache: no session; fetches wait, and keep what they have.</summary>
    public sealed record CloseLane
    {
        public static CloseLane Instance { get; } = new();
    }

    /// <summary>From the Cache: the peer may pull what this push names.</summary>
    public sealed record OfferContent(StoredPush Push);

    public sealed record EndOffer(ulong Counter);

    public sealed record EndOffers
    {
        public static EndOffers Instance { get; } = new();
    }

    /// <summary>From the Cache: answered by <see cref="Fetched"/>, <see cref="FetchFailed"/> or <see cref="NoRoom"/>, sooner or later.</summary>
    public sealed record FetchContent(WantedContent Content);

    public sealed record StopFetch(RelativePath Path);

    /// <summary>To the Cache: the content lies in the staging area under a name.</summary>
    public sealed record Fetched(WantedContent Content, string StagedName);

    /// <summary>To the Cache: the content does not fit the disk, of which so much is free beside the reserve.</summary>
    public sealed record NoRoom(WantedContent Content, long FreeBytes);

    /// <summary>To the Cache: the disk does not take the content.</summary>
    public sealed record CannotStage(WantedContent Content, string Reason);

    /// <summary>To the Cache: the peer does not have the content (any more).</summary>
    public sealed record FetchFailed(WantedContent Content);

    private sealed record LosePatience
    {
        public static LosePatience Instance { get; } = new();
    }
}
