using Actors.Messages;
using Actors.Messages.Content;
using Actors.Messages.Wire;
using Actors.NodeShell;
using Actors.Server.Registry;
using Google.Protobuf;

namespace Actors.Server.Sessions;

/// <summary>
/// The bulk lane of a session, both ways: it pulls content that the client's pushes need, and serves content that the
/// client pulls. A window of outstanding parts bounds the memory of both sides; what has arrived is kept, so that a new
/// session goes on where this one ends.
/// </summary>
internal sealed class SessionTransferActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan PatienceTick = TimeSpan.FromSeconds(10);

    private const int PartsPerSave = Limits.ChunksOutstandingMax;

    // Parts asked of the client, on their way to the store, or there: that much memory a fetch takes.
    private const int PartsInHandMax = 3 * Limits.ChunksOutstandingMax;

    private readonly SessionTerms _terms;
    private readonly SessionStores _stores;
    private readonly IActorRef _registry;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private int _serving;
    private readonly Queue<FetchContents> _jobs = new();
    private readonly Dictionary<ContentHash, ChunkWant> _asked = [];
    private List<(ContentHash Hash, ReadOnlyMemory<byte> Bytes)> _arrived = [];
    private KeepParts? _saving;
    private FetchContents? _job;
    private UploadFetch? _fetch;
    private IReadOnlyList<ChunkWant> _lookingUp = [];
    private ContentRef? _checking;
    private bool _movedSinceTick;

    public SessionTransferActor(SessionTerms terms, SessionStores stores, IActorRef registry)
    {
        _terms = terms;
        _stores = stores;
        _registry = registry;
        Receive<FetchContents>(OnFetch);
        Receive<Chunk>(OnChunk);
        Receive<ChunkUnavailable>(OnUnavailable);
        Receive<PullChunks>(OnPull);
        Receive<PartsRead>(OnPartsRead);
        Receive<Kept>(OnKept);
        Receive<NotKept>(OnNotKept);
        Receive<ContentChecked>(OnChecked);
        Receive<Impatience>(_ => OnImpatience());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer("patience", Impatience.Instance, PatienceTick);

    private bool IsMine(ISessionMessage message) => _terms.Key.Admits(message, Context);

    private void OnPull(PullChunks pull)
    {
        if (!IsMine(pull))
            return;
        // Policy at the limit: what is beyond the window is not answered; a client that keeps to it never notices.
        var hashes = new List<ContentHash>();
        foreach (var wanted in pull.Wanted)
        {
            if (_serving + hashes.Count < Limits.ChunksOutstandingMax && ContentHash.TryRead(wanted.Hash.Span, out var hash))
                hashes.Add(hash);
        }
        if (hashes.Count < pull.Wanted.Count)
            _log.Info("{0} asked for more parts than its window holds, or for a malformed one", _terms.Admitted.Node.Name);
        if (hashes.Count == 0)
            return;
        _serving += hashes.Count;
        _stores.Parts.Tell(new ReadParts(Serving.Instance, hashes));
    }

    private void OnPartsRead(PartsRead read)
    {
        if (read.Asked.Purpose is Serving)
            Serve(read);
        else
            OnLookedUp(read);
    }

    private void Serve(PartsRead read)
    {
        _serving = Math.Max(0, _serving - read.Bytes.Count);
        for (var i = 0; i < read.Bytes.Count; i++)
        {
            var hash = read.Asked.Hashes[i].ToBytes();
            _terms.Peers.Transfer.Tell(read.Bytes[i] is { } bytes
                ? _terms.Key.Seal(new Chunk { Hash = hash, Content = UnsafeByteOperations.UnsafeWrap(bytes) })
                : _terms.Key.Seal(new ChunkUnavailable { Hash = hash }));
        }
    }

    private void OnFetch(FetchContents job)
    {
        _jobs.Enqueue(job);
        Advance();
    }

    private void Advance()
    {
        _movedSinceTick = true;
        if (_job is null)
        {
            if (!_jobs.TryDequeue(out _job))
                return;
            _fetch = new UploadFetch(_job.Missing);
        }
        Save();
        LookUp();
        Check();
        if (_fetch!.IsComplete && _fetch.Unchecked.Count == 0 && _checking is null && _arrived.Count == 0 && _saving is null)
            End(new RegistryEvent.ContentCame(_terms.Number, _job.Counter));
    }

    /// <summary>What the store has already (from a session that broke off) is not asked for again.</summary>
    private void LookUp()
    {
        if (_lookingUp.Count > 0 || _asked.Count + _arrived.Count + (_saving?.Parts.Count ?? 0) >= PartsInHandMax)
            return;
        _lookingUp = [.. _fetch!.Take(Limits.ChunksOutstandingMax - _asked.Count).Where(want => !_asked.ContainsKey(want.Hash))];
        if (_lookingUp.Count > 0)
            _stores.Parts.Tell(new ReadParts(_fetch, [.. _lookingUp.Select(want => want.Hash)]));
    }

    private void OnLookedUp(PartsRead read)
    {
        if (read.Asked.Purpose != _fetch || _lookingUp.Count == 0 || read.Asked.Hashes[0] != _lookingUp[0].Hash)
            return;
        var wants = _lookingUp;
        _lookingUp = [];
        var missing = new List<ChunkWant>();
        for (var i = 0; i < wants.Count; i++)
        {
            if (read.Bytes[i] is not { } bytes)
                missing.Add(wants[i]);
            else if (_fetch!.Accept(wants[i].Hash, bytes) == ChunkAcceptance.Corrupt)
            {
                Fail("a part of the content does not fit its tree");
                return;
            }
        }
        foreach (var want in missing)
            _asked[want.Hash] = want;
        Ask(missing);
        Advance();
    }

    private void Ask(List<ChunkWant> wants)
    {
        if (wants.Count == 0)
            return;
        var pull = _terms.Key.Seal(new PullChunks());
        foreach (var want in wants)
        {
            // A want does not say whose it is; with several contents in hand the root is left out. It is only a help.
            var wanted = new ChunkWanted { Hash = want.Hash.ToBytes(), Offset = (ulong)want.Offset, Branch = want.IsBranch };
            if (_job!.Missing.Count == 1)
                wanted.Root = _job.Missing[0].Root.ToBytes();
            pull.Wanted.Add(wanted);
        }
        _terms.Peers.Transfer.Tell(pull);
    }

    private void OnChunk(Chunk chunk)
    {
        if (!IsMine(chunk) || !ContentHash.TryRead(chunk.Hash.Span, out var hash) || !_asked.Remove(hash))
            return;
        if (_fetch!.Accept(hash, chunk.Content.Span) == ChunkAcceptance.Corrupt)
        {
            Fail("the client sent bytes that do not have the promised hash");
            return;
        }
        _arrived.Add((hash, chunk.Content.Memory));
        Advance();
    }

    private void OnUnavailable(ChunkUnavailable gone)
    {
        if (IsMine(gone) && ContentHash.TryRead(gone.Hash.Span, out var hash) && _asked.ContainsKey(hash))
            Fail("the content changed at the client before it could be fetched");
    }

    private void Save()
    {
        if (_saving is not null || _arrived.Count == 0 || (_arrived.Count < PartsPerSave && _asked.Count > 0))
            return;
        _saving = new KeepParts(_arrived);
        _arrived = [];
        _stores.Committer.Tell(_saving);
    }

    private void OnKept(Kept kept)
    {
        if (ReferenceEquals(kept.Asked, _saving))
            _saving = null;
        else if (kept.Asked is KeepContent known && known.Content == _checking)
            _checking = null;
        else
            return;
        Advance();
    }

    private void OnNotKept(NotKept refused)
    {
        if (_job is not null && (ReferenceEquals(refused.Asked, _saving) || (refused.Asked is KeepContent known && known.Content == _checking)))
            End(new RegistryEvent.ContentUnstored(_terms.Number, _job.Counter, refused.Reason, (refused.Asked as KeepParts)?.Parts.Sum(part => (long)part.Bytes.Length) ?? 0));
    }

    private void Check()
    {
        if (_checking is not null || _saving is not null || _arrived.Count > 0 || !_fetch!.Unchecked.TryDequeue(out var content))
            return;
        _checking = content;
        _stores.Parts.Tell(new CheckContent(content));
    }

    private void OnChecked(ContentChecked result)
    {
        if (_checking != result.Content)
            return;
        if (result.Fault is { } fault)
            Fail(fault);
        else
            _stores.Committer.Tell(new KeepContent(result.Content));
    }

    private void Fail(string reason) => End(new RegistryEvent.ContentGone(_terms.Number, _job!.Counter, reason));

    private void End(RegistryEvent outcome)
    {
        _registry.Tell(outcome);
        _job = null;
        _fetch = null;
        _checking = null;
        _saving = null;
        _lookingUp = [];
        _arrived = [];
        _asked.Clear();
        Advance();
    }

    /// <summary>Nothing moved for a while: the store's actor was restarted, or the client forgot. Ask again.</summary>
    private void OnImpatience()
    {
        if (_job is not null && !_movedSinceTick)
        {
            _log.Info("Asking again for {0} parts that {1} has not sent", _asked.Count, _terms.Admitted.Node.Name);
            Ask([.. _asked.Values]);
            if (_lookingUp.Count > 0)
                _stores.Parts.Tell(new ReadParts(_fetch!, [.. _lookingUp.Select(want => want.Hash)]));
            if (_saving is not null)
                _stores.Committer.Tell(_saving);
            if (_checking is { } content)
                _stores.Parts.Tell(new CheckContent(content));
        }
        _movedSinceTick = false;
    }

    private sealed class Serving
    {
        public static readonly Serving Instance = new();
    }

    private sealed class Impatience
    {
        public static readonly Impatience Instance = new();
    }
}
