using Actors.Server.Storage;

namespace Actors.Lab.Plants;

/// <summary>What was decided about a push is known until the server ends: the table of outcomes is in memory only.</summary>
internal sealed class OutcomesForgottenAtRestart : Plant
{
    public override IShareStore ShareStore(IShareStore store)
    {
        var known = new HashSet<(uint, ulong)>();
        return new ForwardingShareStore(store, transaction => new Transaction(transaction, known));
    }

    private sealed class Transaction(IStoreTransaction inner, HashSet<(uint Node, ulong Counter)> known) : ForwardingTransaction(inner)
    {
        public override OutcomeRow? FindOutcome(uint node, ulong counter) => known.Contains((node, counter)) ? base.FindOutcome(node, counter) : null;

        public override void PutOutcome(uint node, OutcomeRow outcome)
        {
            known.Add((node, outcome.Counter));
            base.PutOutcome(node, outcome);
        }
    }
}
