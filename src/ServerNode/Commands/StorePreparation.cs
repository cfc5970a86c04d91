using Actors.NodeShell;
using Actors.Server.Ledger;
using Actors.Server.Storage;

namespace Actors.Server.Commands;

/// <summary>What happens to a store before a client is admitted: missing shares are made, and the end of each chain is checked.</summary>
internal static class StorePreparation
{
    public static void Prepare(IShareStore store, ServerSettings settings, IEntropy entropy)
    {
        using var transaction = store.Begin();
        var shares = transaction.Shares();
        foreach (var name in settings.Shares)
        {
            if (shares.All(share => share.Name != name))
                transaction.AddShare(name, ShareLedger.DrawEpoch(entropy));
        }
        foreach (var share in transaction.Shares())
            ChainCheck.Verify(transaction, share);
        transaction.Commit();
    }
}
