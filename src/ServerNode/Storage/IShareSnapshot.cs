using Actors.Messages.Content;
using Actors.Messages.Identity;
using Actors.Messages.Tree;

namespace Actors.Server.Storage;

/// <summary>Reads of one state of the store. A share is named by its row number.</summary>
public interface IShareSnapshot : IDisposable
{
    /// <summary>All shares, by id.</summary>
    IReadOnlyList<ShareRow> Shares();

    /// <summary>The newest commit of a share, its chain hash and the current epoch.</summary>
    ShareHead Head(int share);

    /// <summary>All epochs of a share, the current one last.</summary>
    IReadOnlyList<EpochRow> Epochs(int share);

    /// <summary>The chain hash after a commit: zeros after commit 0, null beyond the head.</summary>
    ContentHash? ChainAt(int share, ulong seq);

    /// <summary>Commits after a sequence number, ascending, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<LogRow> ReadLog(int share, ulong after, int limit);

    /// <summary>The newest entry of a path, a deletion included; null where no commit ever named it.</summary>
    TreeEntry? Find(int share, RelativePath path);

    /// <summary>What lives below a directory, by path, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<TreeEntry> LiveBelow(int share, RelativePath folder, int limit);

    /// <summary>
    /// Current entries whose (version, path) lies after the given pair, ascending. Read as they are enumerated, which must
    /// end before the snapshot does.
    /// </summary>
    IEnumerable<TreeEntry> EntriesAfter(int share, ulong version, RelativePath path);

    /// <summary>Files and bytes that live in the share now.</summary>
    ShareSize Size(int share);

    /// <summary>The bytes of a chunk or node; null where they are not here.</summary>
    byte[]? ReadPart(ContentHash hash);

    /// <summary>The length of a chunk or node in bytes; null where it is not here.</summary>
    int? PartLength(ContentHash hash);

    /// <summary>Content of several chunks that is here whole and was checked against its hash; null where it is not.</summary>
    ContentRef? FindContent(ContentHash root);

    NodeRow? FindNode(NodeId id);

    /// <summary>What was decided about a node's push; null where nothing was, or where it was settled and forgotten.</summary>
    OutcomeRow? FindOutcome(uint node, ulong counter);
}
