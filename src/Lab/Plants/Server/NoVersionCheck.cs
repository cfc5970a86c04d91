using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Lab.Plants;

/// <summary>A push is judged as if its files had never been changed before.</summary>
internal sealed class NoVersionCheck : Plant
{
    public override IShareStore ShareStore(IShareStore store) => new ForwardingShareStore(store, transaction => new Transaction(transaction));

    private sealed class Transaction(IStoreTransaction inner) : ForwardingTransaction(inner)
    {
        public override TreeEntry? Find(int share, RelativePath path) =>
            base.Find(share, path) is { State.IsFile: false } entry ? entry : null;
    }
}
