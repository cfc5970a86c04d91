using System.Diagnostics.CodeAnalysis;
using Actors.Messages;
using Actors.Messages.Identity;
using Actors.NodeShell;
using Actors.Server.Sessions;
using Actors.Server.Storage;

namespace Actors.Server.Registry;

/// <summary>
/// The FileRegistry's decisions about who is in and what goes to the ledger when: events in, effects out, no I/O and no
/// clock. Questions to the ledger gather while a batch is under way, so many pushes share one fsync.
/// </summary>
internal sealed partial class RegistryState
{
    private readonly RegistryLimits _limits;
    private readonly Dictionary<NodeId, RegistrySession> _byNode = [];
    private readonly Dictionary<ulong, RegistrySession> _byNumber = [];
    private readonly Dictionary<int, ShareHead> _heads;
    private readonly List<RegistryEvent.LedgerQuestion> _queue = [];
    private int _joinsWaiting;
    private long _pushBytesWaiting;
    private string? _cannotWrite;

    // Of what is waiting somewhere to be written: what is smaller may well find room, and says nothing about it.
    private long _bytesThatFailed;
    private bool _isStopping;
    private List<RegistryEffect> _effects = [];

    private readonly IReadOnlyList<ShareRow> _shares;

    public RegistryState(RegistryLimits limits, IReadOnlyList<(ShareRow Share, ShareHead Head)> shares)
    {
        _limits = limits;
        _shares = [.. shares.Select(each => each.Share)];
        _heads = shares.ToDictionary(each => each.Share.Id, each => each.Head);
    }

    public IReadOnlyCollection<RegistrySession> Sessions => _byNumber.Values;

    public IEnumerable<(ShareRow Share, ShareHead Head)> Shares => _shares.Select(share => (share, _heads[share.Id]));

    public ShareHead Head(int share) => _heads[share];

    /// <summary>Null where the session is over.</summary>
    public RegistrySession? Find(ulong session) => _byNumber.GetValueOrDefault(session);

    /// <summary>What was handed out and not answered yet.</summary>
    public RegistryEffect.RunBatch? BatchUnderWay { get; private set; }

    /// <summary>No client is in, and nothing is under way.</summary>
    public bool IsQuiet => _byNumber.Count == 0 && BatchUnderWay is null;

    /// <summary>No push waits for its content, and no batch is under way that could make one wait.</summary>
    public bool IsFetchingNothing => BatchUnderWay is null && _byNumber.Values.All(session => session.Pushes.Values.All(push => push.Missing is null));

    /// <summary>Bytes of pushes that wait for the ledger or for their content.</summary>
    public long PushBytesWaiting => _pushBytesWaiting;

    /// <summary>Why nothing is decided now; null while all is well.</summary>
    public string? CannotWrite => _cannotWrite;

    /// <summary>
    /// Whether a push is worth reading; false with the refusal where it is turned away in any case. Reading costs hashing, so a
    /// client that floods the registry must be refused for less.
    /// </summary>
    public bool MayRead(Push push, long bytes, [NotNullWhen(true)] out RegistrySession? session, [NotNullWhen(false)] out PushRejected? refused)
    {
        session = Find(push.Session);
        var (reason, text) = session is null ? (PushRejection.Fenced, "this session is over")
            : WhyNot(session, push.Counter, bytes) is { } why ? (PushRejection.Unavailable, why)
            : default;
        refused = reason == default
            ? null
            : new SessionKey(push.Session, push.Secret).Seal(new PushRejected
            {
                Counter = push.Counter,
                Reason = reason,
                Text = text,
                Head = session is null ? 0 : _heads[session.Share.Id].Seq,
            });
        return refused is null;
    }

    public IReadOnlyList<RegistryEffect> Step(RegistryEvent e)
    {
        _effects = [];
        switch (e)
        {
            case RegistryEvent.JoinAsked asked: OnJoin(asked); break;
            case RegistryEvent.PushCame came: OnPush(came); break;
            case RegistryEvent.BatchDone done: OnBatchDone(done); break;
            case RegistryEvent.BatchFailed failed: OnBatchFailed(failed); break;
            case RegistryEvent.ContentCame came: OnContent(came.Session, came.Counter, null); break;
            case RegistryEvent.ContentGone gone: OnContent(gone.Session, gone.Counter, gone.Reason); break;
            case RegistryEvent.ContentUnstored unstored: OnContentUnstored(unstored); break;
            case RegistryEvent.SessionEnded ended: OnSessionEnded(ended.Session); break;
            case RegistryEvent.CursorSaved saved: OnCursorSaved(saved); break;
            case RegistryEvent.StoreGone gone: OnStoreGone(gone.Reason); break;
            case RegistryEvent.ProbeDue: OnProbeDue(); break;
            case RegistryEvent.StopAsked: OnStop(); break;
            default: throw new InvalidOperationException($"{e.GetType().Name} is not known");
        }
        RunNextBatch();
        return _effects;
    }

    private void OnJoin(RegistryEvent.JoinAsked asked)
    {
        var isIn = _byNode.ContainsKey(asked.Join.Node.Id);
        if (_cannotWrite is not null)
        {
            RefuseJoin(asked, JoinRefusal.Busy, $"the server cannot write: {_cannotWrite}");
            return;
        }
        // A process that asks again before it was answered replaces its question.
        var earlier = _queue.FindIndex(queued => queued is RegistryEvent.JoinAsked { Join.Node: var node } && node == asked.Join.Node);
        if (earlier >= 0)
        {
            _queue[earlier] = asked;
            return;
        }
        if (_joinsWaiting >= _limits.JoinsWaitingMax || (!isIn && _byNode.Count + _joinsWaiting >= _limits.ClientsMax))
        {
            RefuseJoin(asked, JoinRefusal.Busy, "the server is full; try again later");
            return;
        }
        _joinsWaiting++;
        _queue.Add(asked);
    }

    private void OnPush(RegistryEvent.PushCame came)
    {
        var (session, push) = (came.Session, came.Push);
        if (session.Node.Instance.Id != push.Id.Node || session.Share.Name != push.Share)
        {
            Reject(session, came.Counter, PushRejection.Fenced, "this session is over", 0);
            return;
        }
        if (session.Pushes.TryGetValue(came.Counter, out var waiting) && waiting.Push.Digest == push.Digest)
        {
            if (waiting.Missing is { } missing)
                Send(session.Peers.Watcher, session.Key.Seal(missing));
            return;
        }
        var refusal = waiting is null ? WhyNot(session, came.Counter, came.Bytes) : "another push with this counter is being decided on";
        if (refusal is not null)
        {
            Reject(session, came.Counter, PushRejection.Unavailable, refusal);
            return;
        }
        session.Pushes.Add(came.Counter, came);
        _pushBytesWaiting += came.Bytes;
        _queue.Add(came);
    }

    private string? WhyNot(RegistrySession session, ulong counter, long bytes) =>
        _cannotWrite is not null ? $"the server cannot write: {_cannotWrite}"
        : session.Pushes.ContainsKey(counter) ? null
        : session.Pushes.Count >= Limits.PushesOpenMax ? $"more than {Limits.PushesOpenMax} pushes are open"
        : _pushBytesWaiting + bytes > _limits.PushBytesWaitingMax ? "the server is busy"
        : null;

    private void OnContent(ulong number, ulong counter, string? gone)
    {
        if (FindAwaiting(number, counter) is not { } waiting)
            return;
        var decidable = waiting with { Missing = null, WhyGivenUp = gone };
        waiting.Session.Pushes[counter] = decidable;
        if (_cannotWrite is null)
            _queue.Add(decidable);
        else
            GiveBack(decidable, _cannotWrite);
    }

    private void OnContentUnstored(RegistryEvent.ContentUnstored unstored)
    {
        if (FindAwaiting(unstored.Session, unstored.Counter) is { } waiting)
            GiveBack(waiting, unstored.Reason);
        StopDeciding(unstored.Reason, unstored.Bytes);
    }

    private void OnStoreGone(string reason)
    {
        if (_cannotWrite is null)
            StopDeciding(reason, 0);
    }

    private void OnSessionEnded(ulong number)
    {
        if (!_byNumber.TryGetValue(number, out var session))
            return;
        Remove(session);
        Narrate($"{session.Node.Name} has left");
        Record(new NodeEvent(NodeEventType.Info, EventNames.Leave) { Share = session.Share.Name, Op = $"session-{number}" });
    }

    private void OnCursorSaved(RegistryEvent.CursorSaved saved)
    {
        if (_byNumber.TryGetValue(saved.Session, out var session))
            session.Cursor = Math.Max(session.Cursor, saved.Cursor);
    }

    private void OnStop()
    {
        _isStopping = true;
        _cannotWrite = "it is shutting down";
        foreach (var queued in _queue)
            GiveBack(queued, _cannotWrite);
        _queue.Clear();
        foreach (var session in _byNumber.Values.ToList())
            Close(session, false, "the server is shutting down");
    }

    private void OnProbeDue()
    {
        if (_cannotWrite is null || BatchUnderWay is not null || _isStopping)
            return;
        Run([], _bytesThatFailed);
    }

    private void RunNextBatch()
    {
        if (BatchUnderWay is not null || _queue.Count == 0 || _cannotWrite is not null)
            return;
        var count = 0;
        long bytes = 0;
        while (count < _queue.Count && count < _limits.BatchCommandsMax)
        {
            bytes += (_queue[count] as RegistryEvent.PushCame)?.Bytes ?? 0;
            if (count > 0 && bytes > _limits.BatchBytesMax)
                break;
            count++;
        }
        var batch = _queue.GetRange(0, count);
        _queue.RemoveRange(0, count);
        _joinsWaiting -= batch.Count(queued => queued is RegistryEvent.JoinAsked);
        Run(batch, bytes);
    }

    private void Run(IReadOnlyList<RegistryEvent.LedgerQuestion> batch, long bytes)
    {
        BatchUnderWay = new RegistryEffect.RunBatch(batch, bytes);
        _effects.Add(BatchUnderWay);
    }

    private RegistryEvent.PushCame? FindAwaiting(ulong number, ulong counter) =>
        _byNumber.TryGetValue(number, out var session) && session.Pushes.TryGetValue(counter, out var waiting) && waiting.Missing is not null
            ? waiting
            : null;

    private void Remove(RegistrySession session)
    {
        _byNumber.Remove(session.Number);
        if (_byNode.GetValueOrDefault(session.Node.Instance.Id) == session)
            _byNode.Remove(session.Node.Instance.Id);
        // Those that wait for content would wait for ever. Those that are queued hold their bytes until the ledger fences them.
        foreach (var waiting in session.Pushes.Values.Where(push => push.Missing is not null).ToList())
            Settle(waiting);
    }
}

/// <summary>A client that is in: who it is, and its pushes that have no outcome yet.</summary>
internal sealed class RegistrySession(SessionTerms terms)
{
    /// <summary>By counter; at most 64.</summary>
    public Dictionary<ulong, RegistryEvent.PushCame> Pushes { get; } = [];

    public SessionTerms Terms => terms;

    public ulong Number => terms.Number;

    public NodeRow Node => terms.Admitted.Node;

    public ShareRow Share => terms.Admitted.Share;

    public SessionPeers Peers => terms.Peers;

    public SessionKey Key => terms.Key;

    public ulong Cursor { get; set; }
}
