using Actors.Messages;
using Actors.Messages.Content;
using Actors.Messages.Wire;
using Actors.NodeShell;
using Google.Protobuf;

namespace Actors.Server.Sessions;

/// <summary>
/// The bulk lane of a session, both ways: it pulls content that the client's pushes need, and serves content that the
/// client pulls. A window of outstanding parts bounds the memory of both sides; what has arrived is kept, so that a new
/// session goes on where this one ends.
/// </summary>
internal sealed partial class SessionTransferActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan PatienceTick = TimeSpan.FromSeconds(10);

    private readonly SessionTerms _terms;
    private readonly SessionStores _stores;
    private readonly IActorRef _registry;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private int _serving;

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

    private sealed class Serving
    {
        public static readonly Serving Instance = new();
    }

    private sealed class Impatience
    {
        public static readonly Impatience Instance = new();
    }
}
