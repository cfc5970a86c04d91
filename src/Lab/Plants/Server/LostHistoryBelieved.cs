using Actors.Messages.Content;
using Actors.Server.Storage;

namespace Actors.Lab.Plants;

/// <summary>A client's position is taken for good although the server has lost that history: no new epoch begins.</summary>
internal sealed class LostHistoryBelieved : Plant
{
    private readonly Dictionary<(int Share, ulong Seq), ContentHash> _chain = [];

    public override IShareStore ShareStore(IShareStore store) => new ForwardingShareStore(store, transaction => new Transaction(transaction, _chain));

    private sealed class Transaction(IStoreTransaction inner, Dictionary<(int Share, ulong Seq), ContentHash> chain) : ForwardingTransaction(inner)
    {
        public override bool Append(int share, ulong expectedHead, LogRow row)
        {
            chain.TryAdd((share, row.Commit.Sequence), row.Chain);
            return base.Append(share, expectedHead, row);
        }

        public override ContentHash? ChainAt(int share, ulong seq) => chain.TryGetValue((share, seq), out var hash) ? hash : base.ChainAt(share, seq);
    }
}
