using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.History;
using Actors.Messages.Wire;
using Actors.Server.Storage;

namespace Actors.Server.Ledger;

/// <summary>Who may join, as whom, and from where in the share's history it goes on.</summary>
internal sealed class JoinAdmission(IStoreTransaction store, Func<EpochId> drawEpoch, uint serverRun)
{
    public LedgerResult Admit(JoinRequest join)
    {
        if (store.Shares().FirstOrDefault(row => row.Name == join.Share) is not { } share)
            return new LedgerResult.NotJoined(JoinRefusal.UnknownShare, $"there is no share named '{join.Share}' here");
        var known = store.FindNode(join.Node.Id);
        if (known is not null && !MayTakeOver(known, join))
        {
            return new LedgerResult.NotJoined(
                JoinRefusal.IdentityInUse, "this identity belongs to another replica: one is a copy or an older state of the other");
        }
        // The position may lie on the chain although something that the replica has applied beyond it does not.
        var places = Places(share.Id, join.Position, join.Newest);
        var resumed = join.Position is not null && places.All(place => place == Place.OnChain);
        var newEpoch = places.Contains(Place.Lost);
        if (newEpoch)
            BeginEpoch(share.Id, join);
        var node = Register(join, known, share.Id);
        store.ForgetOutcomes(node.Number, node.SettledThrough);
        var head = store.Head(share.Id);
        var outcomes = join.InDoubt.Select(push => OutcomeOf(push, node, head)).ToList();
        return new LedgerResult.Joined(node, share, head, resumed, newEpoch, outcomes);
    }

    /// <summary>A newer process of the replica replaces an older one at once; the same process may come back.</summary>
    private static bool MayTakeOver(NodeRow known, JoinRequest join) =>
        join.Node.Incarnation > known.Instance.Incarnation || join.Node == known.Instance;

    /// <summary>
    /// An epoch that was lost is noted as one that there was: who else was in it finds it superseded, so that its loss is
    /// marked once, and not once by each of them.
    /// </summary>
    private void BeginEpoch(int share, JoinRequest join)
    {
        var head = store.Head(share).Seq;
        var known = store.Epochs(share).Select(epoch => epoch.Id).ToHashSet();
        foreach (var place in (SharePosition?[])[join.Position, join.Newest])
        {
            if (place is { } lost && known.Add(lost.Epoch))
                store.PutEpoch(share, new EpochRow(lost.Epoch, head));
        }
        store.PutEpoch(share, new EpochRow(drawEpoch(), head));
    }

    private enum Place
    {
        OnChain,

        /// <summary>Off the chain, but of a superseded epoch: that had its turn already.</summary>
        Superseded,

        /// <summary>
        /// Off the chain, although its epoch is the current one, or one that was never heard of: this server has lost commits
        /// that others have seen, and a new epoch must begin.
        /// </summary>
        Lost,
    }

    private List<Place> Places(int share, params ReadOnlySpan<SharePosition?> seen)
    {
        var epochs = store.Epochs(share);
        var places = new List<Place>();
        foreach (var each in seen)
        {
            if (each is not { } position)
                continue;
            var isKnown = epochs.Any(epoch => epoch.Id == position.Epoch);
            places.Add(isKnown && store.ChainAt(share, position.Cursor) == position.ChainHash ? Place.OnChain
                : isKnown && epochs[^1].Id != position.Epoch ? Place.Superseded
                : Place.Lost);
        }
        return places;
    }

    private NodeRow Register(JoinRequest join, NodeRow? known, int share)
    {
        var number = known?.Number ?? store.NextNodeNumber();
        var node = new NodeRow(join.Node, number)
        {
            Name = join.WishedName.Length > 0 ? join.WishedName : $"Client {number}",
            Session = SessionNumber.Of(serverRun, store.NextSession()),
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
                ChainHash = (store.ChainAt(head.Share, stored.Seq) ?? default).ToBytes(),
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

/// <summary>
/// Names a session so that no other one ever has the same name. The store counts sessions; but a store that was put back
/// from a backup counts some of them again, while their clients and messages may still be about. What tells those apart is
/// the number that each process of the server draws: a backup cannot be put back under a process that runs.
/// </summary>
internal static class SessionNumber
{
    // Both together are exact as a number of JSON, which `status` shows.
    private const uint RunMax = (1 << 21) - 1;

    public static ulong Of(uint serverRun, ulong count) => ((ulong)(serverRun & RunMax) << 32) | (uint)count;
}
