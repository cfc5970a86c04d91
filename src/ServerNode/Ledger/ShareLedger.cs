using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Tree;
using Actors.NodeShell;
using Actors.Server.Storage;

namespace Actors.Server.Ledger;

/// <summary>
/// Decides on joins and pushes inside one transaction. It keeps nothing between them: everything that a decision rests on is in
/// the store, so what is lost with a transaction was never decided.
/// </summary>
/// <param name="store">The transaction.</param>
/// <param name="nowUs">Microseconds since 1970-01-01 UTC.</param>
/// <param name="drawEpoch">Draws the id of a new epoch.</param>
/// <param name="serverRun">Drawn by each process of the server: see <see cref="SessionNumber"/>.</param>
internal sealed class ShareLedger(IStoreTransaction store, long nowUs, Func<EpochId> drawEpoch, uint serverRun)
{
    public static EpochId DrawEpoch(IEntropy entropy)
    {
        Span<byte> bytes = stackalloc byte[Limits.EpochIdBytes];
        entropy.Fill(bytes);
        return EpochId.TryRead(bytes, out var epoch) ? epoch : throw new InvalidOperationException("an epoch has 16 bytes");
    }

    /// <summary>Admits a replica to its share, or says why not.</summary>
    public LedgerResult Admit(JoinRequest join) => new JoinAdmission(store, drawEpoch, serverRun).Admit(join);

    /// <summary>Commits a push, or says why not.</summary>
    public LedgerResult Decide(PushRequest push)
    {
        if (Find(push, out var node, out var head) is { } known)
            return known;
        if (AwaitsTurn(push, node) is { } wait)
            return wait;
        return PushJudge.Judge(store, node.Share, push.Changes) switch
        {
            null => Commit(push, Settle(node, push.SettledThrough), head),
            LedgerResult.Rejected { Reason: PushRejection.Stale } stale => Refuse(push, node, stale),
            var undecided => undecided,
        };
    }

    /// <summary>
    /// An author's changes are committed in the order in which they were made. Where the push before this one is not here
    /// yet nothing is decided; where it was refused, so is this one. Null: it is its turn.
    /// </summary>
    private LedgerResult.Rejected? AwaitsTurn(PushRequest push, NodeRow node)
    {
        if (push.Follows <= Math.Max(node.SettledThrough, push.SettledThrough))
            return null;
        if (store.FindOutcome(node.Number, push.Follows) is not { } before)
            return new LedgerResult.Rejected(PushRejection.Unavailable, $"push {push.Follows}, which it follows, was not decided yet");
        return before.IsAccepted ? null : Refuse(push, node, new LedgerResult.Rejected(PushRejection.Order, $"push {push.Follows}, which it follows, was refused"));
    }

    /// <summary>Refuses a push for good because its content cannot be had.</summary>
    public LedgerResult GiveUp(PushRequest push, string text) =>
        Find(push, out var node, out _) ?? Refuse(push, node, new LedgerResult.Rejected(PushRejection.ContentGone, text));

    /// <summary>For good: the same counter is answered so from now on.</summary>
    private LedgerResult.Rejected Refuse(PushRequest push, NodeRow node, LedgerResult.Rejected rejected)
    {
        Settle(node, push.SettledThrough);
        store.PutOutcome(node.Number, new OutcomeRow(push.Id.Counter, push.Digest, 0, rejected.Reason, rejected.Text));
        return rejected;
    }

    /// <summary>The node and the head of its share; or the answer, where no new decision is called for.</summary>
    private LedgerResult? Find(PushRequest push, out NodeRow node, out ShareHead head)
    {
        node = null!;
        head = null!;
        var counter = push.Id.Counter;
        if (store.FindNode(push.Id.Node) is not { } found || found.Session != push.Session)
            return new LedgerResult.Rejected(PushRejection.Fenced, "a newer session of this node has replaced this one");
        node = found;
        head = store.Head(found.Share);
        if (push.Epoch != head.Epoch)
            return new LedgerResult.Rejected(PushRejection.Epoch, "another epoch has begun");
        if (push.SettledThrough >= counter)
            return new LedgerResult.Rejected(PushRejection.Malformed, "a push cannot be settled before it is decided");
        var settled = Math.Max(found.SettledThrough, push.SettledThrough);
        if (counter <= settled || counter > settled + Limits.PushesOpenMax)
        {
            var text = $"push {counter} lies outside the window of {Limits.PushesOpenMax} after {settled}";
            return new LedgerResult.Rejected(PushRejection.Counter, text);
        }
        if (store.FindOutcome(found.Number, counter) is not { } outcome)
            return null;
        return outcome.Digest == push.Digest
            ? new LedgerResult.Repeated(outcome, store.ChainAt(found.Share, outcome.Seq) ?? default)
            : new LedgerResult.Rejected(PushRejection.Counter, $"push {counter} is bound to other changes");
    }

    private NodeRow Settle(NodeRow node, ulong through)
    {
        if (through <= node.SettledThrough)
            return node;
        var settled = node with { SettledThrough = through };
        store.PutNode(settled);
        store.ForgetOutcomes(node.Number, through);
        return settled;
    }

    private LedgerResult.Committed Commit(PushRequest push, NodeRow node, ShareHead head)
    {
        var commit = new CommitRecord(head.Seq + 1, node.Number, push.Id, nowUs, push.Digest);
        var chain = CommitHash.Next(head.Chain, commit);
        if (!store.Append(node.Share, head.Seq, new LogRow(commit, chain, push.Changes)))
            throw new StoreUnavailableException("another server has committed to the share");
        foreach (var change in push.Changes)
        {
            Keep(change);
            store.Put(node.Share, new TreeEntry(change.Path, change.To, commit.Sequence)
            {
                Author = node.Number,
                CommittedAtUs = nowUs,
                SnapshotOfOpenFile = change.SnapshotOfOpenFile,
            });
        }
        store.PutOutcome(node.Number, new OutcomeRow(push.Id.Counter, push.Digest, commit.Sequence, PushRejection.Unspecified, ""));
        return new LedgerResult.Committed(head with { Seq = commit.Sequence, Chain = chain });
    }

    private void Keep(PathChange change)
    {
        if (change.Inline is { } bytes)
            store.PutPart(change.To.Content.Hash, bytes.Span);
        else if (change.To.IsFile && change.To.Content == ContentRef.Empty)
            store.PutPart(ContentRef.Empty.Hash, []);
    }
}

/// <summary>What became of a join or a push. It holds only once the transaction is committed.</summary>
internal abstract record LedgerResult
{
    /// <summary>The replica is in. <paramref name="NewEpoch"/>: its position made the server begin one.</summary>
    public sealed record Joined(
        NodeRow Node, ShareRow Share, ShareHead Head, bool Resumed, bool NewEpoch, IReadOnlyList<PushOutcome> Outcomes) : LedgerResult;

    public sealed record NotJoined(JoinRefusal Reason, string Text) : LedgerResult;

    /// <summary>The push is committed as the share's new head.</summary>
    public sealed record Committed(ShareHead Head) : LedgerResult;

    /// <summary>The push was decided before, and is not decided again. <paramref name="Chain"/>: after its commit, where it became one.</summary>
    public sealed record Repeated(OutcomeRow Outcome, ContentHash Chain) : LedgerResult;

    /// <summary>The push is refused. <paramref name="Current"/>: the entries that stand in its way, by path, where it is stale.</summary>
    public sealed record Rejected(PushRejection Reason, string Text, IReadOnlyList<TreeEntry> Current) : LedgerResult
    {
        public Rejected(PushRejection reason, string text)
            : this(reason, text, [])
        {
        }
    }

    /// <summary>Nothing is decided: the push would be committed if this content were here.</summary>
    public sealed record ContentAwaited(IReadOnlyList<ContentRef> Missing) : LedgerResult;
}
