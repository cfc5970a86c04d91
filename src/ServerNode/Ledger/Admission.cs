using Actors.Messages;
using Actors.Replication.Changes;
using Actors.Replication.History;
using Actors.Replication.Wire;
using Actors.Server.Storage;

namespace Actors.Server.Ledger;

/// <summary>Who may join, as whom, and from where in the share's history it goes on.</summary>
internal sealed class Admission(IStoreTransaction store, Func<EpochId> drawEpoch)
{
    public LedgerResult Admit(JoinRequest join)
    {
        if (store.Shares().FirstOrDefault(row => row.Name == join.Share) is not { } share)
            return new LedgerResult.Refused(JoinRefusal.UnknownShare, $"there is no share named '{join.Share}' here");
        var known = store.FindNode(join.Node.Id);
        if (known is not null && !MayTakeOver(known, join))
        {
            return new LedgerResult.Refused(
                JoinRefusal.IdentityInUse, "this identity belongs to another replica: one is a copy or an older state of the other");
        }
        var newEpoch = false;
        var resumed = join.Position is { } position && Resumes(share.Id, position, out newEpoch);
        if (newEpoch)
            store.PutEpoch(share.Id, new EpochRow(drawEpoch(), store.Head(share.Id).Seq));
        var node = Register(join, known, share.Id);
        store.ForgetOutcomes(node.Number, node.SettledThrough);
        var head = store.Head(share.Id);
        var outcomes = join.InDoubt.Select(push => OutcomeOf(push, node, head)).ToList();
        return new LedgerResult.Admitted(node, share, head, resumed, newEpoch, outcomes);
    }

    /// <summary>A newer process of the replica replaces an older one at once; the same process may come back.</summary>
    private static bool MayTakeOver(NodeRow known, JoinRequest join) =>
        join.Node.Incarnation > known.Instance.Incarnation || join.Node == known.Instance;

    /// <summary>
    /// Whether the position lies on the share's chain. Where it does not although its epoch is the current one, or is one
    /// that was never heard of, this server has lost commits that others have seen: a new epoch must begin. A superseded
    /// epoch had its turn already.
    /// </summary>
    private bool Resumes(int share, SharePosition position, out bool newEpoch)
    {
        var epochs = store.Epochs(share);
        var ordinal = -1;
        for (var i = 0; i < epochs.Count; i++)
        {
            if (epochs[i].Id == position.Epoch)
                ordinal = i;
        }
        var onChain = ordinal >= 0 && store.ChainAt(share, position.Cursor) == position.ChainHash;
        newEpoch = !onChain && (ordinal < 0 || ordinal == epochs.Count - 1);
        return onChain;
    }

    private NodeRow Register(JoinRequest join, NodeRow? known, int share)
    {
        var number = known?.Number ?? store.NextNodeNumber();
        var node = new NodeRow(join.Node, number)
        {
            Name = join.WishedName.Length > 0 ? join.WishedName : $"Client {number}",
            Session = store.NextSession(),
            Share = share,
            SettledThrough = Math.Max(known?.SettledThrough ?? 0, join.SettledThrough),
        };
        store.PutNode(node);
        return node;
    }

    private PushOutcome OutcomeOf(DoubtfulPush push, NodeRow node, ShareHead head)
    {
        var outcome = new PushOutcome { Counter = push.Counter };
        var stored = store.FindOutcome(node.Number, push.Counter);
        if (push.Counter <= node.SettledThrough || (stored is not null && stored.Digest != push.Digest))
        {
            outcome.Rejected = new PushRejected
            {
                Session = node.Session,
                Counter = push.Counter,
                Reason = PushRejection.Counter,
                Text = $"push {push.Counter} is bound to other changes, or was settled before",
                Head = head.Seq,
            };
        }
        else if (stored is null)
        {
            outcome.Undecided = new Undecided();
        }
        else if (stored.IsAccepted)
        {
            outcome.Accepted = new PushAccepted
            {
                Session = node.Session,
                Counter = push.Counter,
                Seq = stored.Seq,
                Epoch = head.Epoch.ToBytes(),
                Head = head.Seq,
            };
        }
        else
        {
            outcome.Rejected = new PushRejected
            {
                Session = node.Session,
                Counter = push.Counter,
                Reason = stored.Reason,
                Text = stored.Text,
                Head = head.Seq,
            };
        }
        return outcome;
    }
}
