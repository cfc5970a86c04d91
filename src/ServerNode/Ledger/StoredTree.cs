using Actors.Messages.Content;
using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Server.Ledger;

internal sealed class StoredTree(IShareSnapshot snapshot, int share) : ITreeView
{
    public TreeEntry? Find(RelativePath path) => snapshot.Find(share, path);

    public IReadOnlyList<TreeEntry> LiveBelow(RelativePath folder, int limit) => snapshot.LiveBelow(share, folder, limit);

    public bool Holds(ContentRef content) =>
        content.IsSingleChunk
            ? content == ContentRef.Empty || snapshot.PartLength(content.Hash) == content.Size
            : snapshot.FindContent(content.Root) == content;
}
