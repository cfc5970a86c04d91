using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Server.Ledger;

/// <summary>A share's current tree, as far as a push is judged by it.</summary>
internal interface ITreeView
{
    /// <summary>The newest entry of a path, a deletion included; null where no commit ever named it.</summary>
    TreeEntry? Find(RelativePath path);

    /// <summary>What lives below a directory, by path, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<TreeEntry> LiveBelow(RelativePath folder, int limit);

    /// <summary>Whether content is here whole.</summary>
    bool Holds(ContentRef content);
}
