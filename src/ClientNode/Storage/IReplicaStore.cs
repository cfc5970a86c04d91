using Actors.Client.FileSystem;
using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;

namespace Actors.Client.Storage;

/// <summary>
/// A replica's own state, apart from its files. Every call happens on the caller's thread; one caller at a time. What a
/// <see cref="Commit"/> has returned from survives a crash and power loss, whole; what it has not is there whole or not at all.
/// </summary>
public interface IReplicaStore : IDisposable
{
    ReplicaFacts ReadFacts();

    /// <summary>The synced tree: what lives and was agreed on, in byte order.</summary>
    IEnumerable<TreeEntry> ReadSynced();

    IEnumerable<(RelativePath Path, SeenFile File)> ReadSeen();

    /// <summary>By counter.</summary>
    IReadOnlyList<StoredPush> ReadPushes();

    /// <summary>By id.</summary>
    IReadOnlyList<Intent> ReadIntents();

    /// <summary>By id.</summary>
    IReadOnlyList<DisplacedFile> ReadDisplaced();

    /// <exception cref="ReplicaStoreException">Nothing of it was written, or that is not known: the state must be read anew.</exception>
    void Commit(ReplicaChanges changes);
}

/// <summary>A replica's state cannot be read or written.</summary>
public sealed class ReplicaStoreException(string message, bool isDiskFull, Exception? inner = null) : Exception(message, inner)
{
    public bool IsDiskFull { get; } = isDiskFull;
}

/// <summary>What one transaction of a <see cref="IReplicaStore"/> changes. Empty at first; what is set or added is written.</summary>
public sealed class ReplicaChanges
{
    public ReplicaIdentity? Identity { get; set; }

    public SharePosition? Position { get; set; }

    /// <summary>Set with or before the first row of the synced tree that is of it.</summary>
    public SharePosition? Newest { get; set; }

    public string? Name { get; set; }

    /// <summary>Of the newest push added.</summary>
    public ulong? LastCounter { get; set; }

    /// <summary>Before everything else: both positions, synced tree and pushes go (another epoch, or another identity).</summary>
    public bool ForgetAgreement { get; set; }

    /// <summary>Null: no longer agreed on, or gone.</summary>
    public Dictionary<RelativePath, TreeEntry?> Synced { get; } = [];

    /// <summary>Null: forgotten.</summary>
    public Dictionary<RelativePath, SeenFile?> Seen { get; } = [];

    public List<StoredPush> Pushes { get; } = [];

    public List<ulong> SettledPushes { get; } = [];

    public List<Intent> Intents { get; } = [];

    public List<long> IntentsDone { get; } = [];

    public List<DisplacedFile> Displaced { get; } = [];

    public List<long> DisplacedDone { get; } = [];

    public bool IsEmpty =>
        Identity is null && Position is null && Newest is null && Name is null && LastCounter is null && !ForgetAgreement
        && Synced.Count + Seen.Count + Pushes.Count + SettledPushes.Count + Intents.Count + IntentsDone.Count
            + Displaced.Count + DisplacedDone.Count == 0;
}

/// <summary>The single values of a replica's state.</summary>
/// <param name="Identity">Null before the first start.</param>
/// <param name="Position">The last cursor saved, and the epoch joined last: commit 0 where nothing was agreed on yet. Null before the first join.</param>
/// <param name="Newest">The newest place in that epoch that anything stored here is of; null as above.</param>
/// <param name="LastCounter">Of the newest push; 0: none.</param>
/// <param name="Name">What the server called this node last; empty: nothing yet.</param>
public sealed record ReplicaFacts(ReplicaIdentity? Identity, SharePosition? Position, SharePosition? Newest, ulong LastCounter, string Name);

/// <summary>
/// Who a replica is, and where it was when it became that: the machine, and device and inode of its own directory. A
/// replica that finds itself elsewhere is a copy, and gets a new identity. <paramref name="Incarnation"/> counts its starts under all identities.
/// </summary>
public sealed record ReplicaIdentity(NodeId Id, ulong Incarnation, string Machine, ulong Device, ulong Inode)
{
    public bool IsAt(string machine, ulong device, ulong inode) => Machine == machine && Device == device && Inode == inode;
}

/// <summary>
/// What a file held when it was read, and its signature then, so that it need not be read again at the next start.
/// <paramref name="IsSettled"/>: the signature can be trusted, because the read came long enough after the last write, and no
/// write can have followed that leaves the signature as it is.
/// </summary>
public readonly record struct SeenFile(FileSignature Signature, ContentRef Content, bool IsSettled);

/// <summary>A push whose outcome is not known. Stored before it is sent; a retry is the same counter with the same changes.</summary>
public sealed record StoredPush(ulong Counter, ContentHash Digest, IReadOnlyList<PathChange> Changes)
{
    /// <summary>
    /// Paths among the changes that give content of the registry's another name: not on this disk, and not to be taken
    /// for deleted here.
    /// </summary>
    public IReadOnlyList<RelativePath> Copies { get; init; } = [];
}

/// <summary>
/// Stored before the disk is touched: what the path shall become, what it was taken for, and the name for what is
/// displaced should it be something else. The displaced or staged file is called by <paramref name="Id"/>.
/// </summary>
/// <param name="Id">Counts up.</param>
/// <param name="Entry">The registry's entry.</param>
/// <param name="Expected">What was on disk; its content is the registry's already, unless <paramref name="IsCopyOwed"/>.</param>
/// <param name="CopyName">Where content goes that the registry does not have.</param>
/// <param name="IsCopyOwed">The expected content lost against the entry, and is to be kept under the copy's name.</param>
public sealed record Intent(long Id, TreeEntry Entry, EntryState Expected, RelativePath CopyName, bool IsCopyOwed);

/// <summary>
/// A file that an update displaced while a process had it open for writing: what is still written to it is an edit. It is
/// watched until it is closed. <paramref name="Known"/> is what it held and the registry has.
/// </summary>
public sealed record DisplacedFile(long Id, RelativePath Path, EntryState Known, RelativePath CopyName);
