using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;

namespace Actors.Server.Storage;

/// <summary>
/// Where a server keeps its shares: the commit log, current versions, content, nodes and the outcomes of their pushes.
/// The log's contract is one that a shared database can meet too: append with an expected head
/// (<see cref="IStoreTransaction.Append"/>) and read from a sequence number (<see cref="IShareSnapshot.ReadLog"/>). All calls
/// block; none is made on a shared thread.
/// </summary>
public interface IShareStore : IDisposable
{
    /// <summary>Opens a reader with a connection of its own: its snapshots never wait for a writer. For one thread at a time.</summary>
    IShareReader OpenReader();

    /// <summary>Begins the only write transaction there is. It sees the newest commit, and its own writes.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot write now.</exception>
    IStoreTransaction Begin();

    /// <summary>Looks whether the store still lies where it was opened, from any thread. Only what was found in its place before and after it was written counts as durable.</summary>
    /// <exception cref="StoreUnavailableException">Its directory was removed, moved or replaced.</exception>
    void CheckPlace();

    /// <summary>Tries whether so many bytes more can be made durable, and leave free what is to be left free.</summary>
    /// <exception cref="StoreUnavailableException">They cannot.</exception>
    void CheckRoom(long bytes);

    /// <summary>Looks whether so many bytes more leave free what is to be left free of the disk. Cheap: for each write.</summary>
    /// <exception cref="StoreUnavailableException">They do not.</exception>
    void CheckReserve(long bytes);
}

/// <summary>Opens snapshots, one at a time.</summary>
public interface IShareReader : IDisposable
{
    /// <summary>The store as it is now, unmoved by later commits until it is disposed of.</summary>
    IShareSnapshot Snapshot();
}

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

    /// <summary>The bytes of a chunk or branch; null where they are not here.</summary>
    byte[]? ReadPart(ContentHash hash);

    /// <summary>The length of a chunk or branch in bytes; null where it is not here.</summary>
    int? PartLength(ContentHash hash);

    /// <summary>Content of several chunks that is here whole and was checked against its hash; null where it is not.</summary>
    ContentRef? FindContent(ContentHash root);

    NodeRow? FindNode(NodeId id);

    /// <summary>What was decided about a node's push; null where nothing was, or where it was settled and forgotten.</summary>
    OutcomeRow? FindOutcome(uint node, ulong counter);
}

/// <summary>
/// A write transaction: nothing of it is there before <see cref="Commit"/> returns, and all of it is on disk afterwards.
/// Disposed of without that, it leaves no trace.
/// </summary>
public interface IStoreTransaction : IShareSnapshot
{
    /// <summary>Makes a share with its first epoch.</summary>
    ShareRow AddShare(string name, EpochId epoch);

    /// <summary>
    /// Appends to a share's log. False, and nothing appended, where the head is not <paramref name="expectedHead"/>: another
    /// process has committed.
    /// </summary>
    bool Append(int share, ulong expectedHead, LogRow row);

    /// <summary>Sets a path's newest entry.</summary>
    void Put(int share, TreeEntry entry);

    /// <summary>Keeps a chunk or branch; no effect where it is here.</summary>
    void PutPart(ContentHash hash, ReadOnlySpan<byte> bytes);

    /// <summary>Notes that content of several chunks is here whole and checked.</summary>
    void PutContent(ContentRef content);

    /// <summary>Begins a new epoch of a share after its head.</summary>
    void PutEpoch(int share, EpochRow epoch);

    /// <summary>The number of the next new node.</summary>
    uint NextNodeNumber();

    /// <summary>Counts sessions. A store that was put back from a backup counts some again.</summary>
    ulong NextSession();

    /// <summary>Adds a node or replaces it.</summary>
    void PutNode(NodeRow node);

    void PutOutcome(uint node, OutcomeRow outcome);

    /// <summary>Forgets a node's outcomes up to and with a counter.</summary>
    void ForgetOutcomes(uint node, ulong through);

    /// <summary>
    /// Forgets chunks, branches and contents that no commit names and that an earlier call, at least so long ago, has found
    /// here already: uploads that were never committed. Returns how many chunks and branches went. Not while content is
    /// being fetched.
    /// </summary>
    int ForgetUploads(long nowUs, long ageUs);

    /// <summary>Returns when everything is on disk.</summary>
    /// <exception cref="StoreUnavailableException">It could not be written; whether it will be there after all is open.</exception>
    void Commit();
}

/// <summary>The store cannot write now (disk full, an I/O error): nothing was decided, and trying later may help.</summary>
public sealed class StoreUnavailableException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>What is stored contradicts itself or is of another version: the server must not go on with it.</summary>
public sealed class StoreCorruptException(string message, Exception? cause = null) : Exception(message, cause);

public sealed record ShareRow(int Id, string Name);

/// <summary>Where a share's history stands: its current epoch, its newest commit, and the chain hash after it.</summary>
public sealed record ShareHead(int Share, EpochId Epoch, ulong Seq, ContentHash Chain)
{
    public SharePosition Position => new(Epoch, Seq, Chain);
}

public sealed record ShareSize(long Files, long Folders, long Bytes);

/// <summary>
/// An epoch of a share, and the commit after which it began; of one that was lost with a backup, the commit at which that
/// was noticed.
/// </summary>
public sealed record EpochRow(EpochId Id, ulong BeganAfter);

/// <summary>A commit in the log: what the chain binds, the chain hash after it, and the changes (inline content is not kept here).</summary>
public sealed record LogRow(CommitRecord Commit, ContentHash Chain, IReadOnlyList<PathChange> Changes);

/// <summary>A replica that has joined once: its number and name are kept for ever.</summary>
public sealed record NodeRow(NodeInstance Instance, uint Number)
{
    public required string Name { get; init; }

    /// <summary>The only session whose pushes are decided on; all others are fenced.</summary>
    public required ulong Session { get; init; }

    /// <summary>The share that this session is in.</summary>
    public required int Share { get; init; }

    /// <summary>Pushes up to this counter are settled at the client, and forgotten here.</summary>
    public required ulong SettledThrough { get; init; }
}

/// <summary>What was decided about a push: accepted as <paramref name="Seq"/>, or rejected where that is 0.</summary>
public sealed record OutcomeRow(ulong Counter, ContentHash Digest, ulong Seq, PushRejection Reason, string Text)
{
    public bool IsAccepted => Seq != 0;
}
