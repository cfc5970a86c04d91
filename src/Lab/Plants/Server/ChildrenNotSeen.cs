using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Lab.Plants;

/// <summary>A push is judged as if nothing lived in any directory.</summary>
internal sealed class ChildrenNotSeen : Plant
{
    public override IShareStore ShareStore(IShareStore store) => new ForwardingShareStore(store, transaction => new Transaction(transaction));

    private sealed class Transaction(IStoreTransaction inner) : ForwardingTransaction(inner)
    {
        public override IReadOnlyList<TreeEntry> LiveBelow(int share, RelativePath folder, int limit) => [];
    }
}
