using Actors.Lab.World.Disks;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Lab.Storage;

/// <summary>A server's store in memory, with the fate of a file on a simulated disk: as SqliteShareStore keeps it.</summary>
internal sealed class SimulatedShareStore : IShareStore
{
    private readonly StateFile<StoreState> _file;
    private readonly DiskProcess _process;
    private readonly DiskPath _path;
    private SimulatedTransaction? _open;

    private SimulatedShareStore(DiskProcess process, DiskPath path, StateFile<StoreState> file) => (_process, _path, _file) = (process, path, file);

    /// <exception cref="StoreUnavailableException">The file cannot be opened or written, or another process has it.</exception>
    /// <exception cref="StoreCorruptException">The file is not a server's store.</exception>
    public static SimulatedShareStore Open(DiskProcess process, DiskPath file, StateTable table)
    {
        try
        {
            return new SimulatedShareStore(process, file, StateFile<StoreState>.Open(process, file, table, StoreState.Empty));
        }
        catch (DiskException e) when (e.Error == DiskError.Invalid)
        {
            throw new StoreCorruptException($"the database is damaged: {e.Message}", e);
        }
        catch (DiskException e)
        {
            throw Unavailable(e);
        }
    }

    public IShareReader OpenReader() => new SimulatedReader(_file);

    public IStoreTransaction Begin()
    {
        if (_open is not null)
            throw new InvalidOperationException("a transaction is open already");
        CheckPlace();
        return _open = new SimulatedTransaction(_file.Current, this);
    }

    public void CheckPlace()
    {
        if (_process.TryStat(_path, out var stat) != DiskError.None || stat?.Inode != _file.Inode)
            throw new StoreUnavailableException("its directory was removed, moved or replaced; put it back, or end the server and start it again");
    }

    public void CheckRoom(long bytes)
    {
        CheckPlace();
        if (bytes > _process.FreeBytes())
            throw new StoreUnavailableException("the disk is full");
    }

    // No space is kept free here: a full disk must show when something is written.
    public void CheckReserve(long bytes)
    {
    }

    public void Dispose() => _file.Dispose();

    internal void Commit(StoreState next, int bytes)
    {
        try
        {
            _file.Commit(next, bytes);
        }
        catch (DiskException e)
        {
            throw Unavailable(e);
        }
        CheckPlace();
    }

    internal void End(SimulatedTransaction transaction)
    {
        if (_open == transaction)
            _open = null;
    }

    private static StoreUnavailableException Unavailable(DiskException e) =>
        e.Error == DiskError.NoSpace ? new("the disk is full", e) : new($"the database cannot be used now: {e.Message}", e);

    private sealed class SimulatedReader(StateFile<StoreState> file) : IShareReader
    {
        public IShareSnapshot Snapshot() => new SimulatedSnapshot(file.Current);

        public void Dispose()
        {
        }
    }
}

/// <summary>Reads of one state.</summary>
internal class SimulatedSnapshot(StoreState state) : IShareSnapshot
{
    protected StoreState State { get; set; } = state;

    public IReadOnlyList<ShareRow> Shares() => [.. State.Shares.Select(share => share.Row)];

    public ShareHead Head(int share)
    {
        var stored = State.Share(share);
        var last = stored.Log.Count == 0 ? null : stored.Log[^1];
        return new ShareHead(share, stored.Epochs[^1].Id, last?.Commit.Sequence ?? 0, last?.Chain ?? CommitHash.Genesis);
    }

    public IReadOnlyList<EpochRow> Epochs(int share) => State.Share(share).Epochs;

    public ContentHash? ChainAt(int share, ulong seq)
    {
        if (seq == 0)
            return CommitHash.Genesis;
        var log = State.Share(share).Log;
        return seq <= (ulong)log.Count ? log[(int)seq - 1].Chain : null;
    }

    public IReadOnlyList<LogRow> ReadLog(int share, ulong after, int limit)
    {
        var log = State.Share(share).Log;
        var start = (int)Math.Min(after, (ulong)log.Count);
        return log.GetRange(start, Math.Min(limit, log.Count - start));
    }

    public TreeEntry? Find(int share, RelativePath path) => State.Share(share).Find(path);

    public IReadOnlyList<TreeEntry> LiveBelow(int share, RelativePath folder, int limit) => State.Share(share).LiveBelow(folder, limit);

    public IEnumerable<TreeEntry> EntriesAfter(int share, ulong version, RelativePath path) => State.Share(share).EntriesAfter(version, path);

    public ShareSize Size(int share) => State.Share(share).Size;

    public byte[]? ReadPart(ContentHash hash) => State.Parts.GetValueOrDefault(hash);

    public int? PartLength(ContentHash hash) => State.Parts.GetValueOrDefault(hash)?.Length;

    public ContentRef? FindContent(ContentHash root) => State.Contents.TryGetValue(root, out var content) ? content : null;

    public NodeRow? FindNode(NodeId id) => State.Nodes.GetValueOrDefault(id);

    public OutcomeRow? FindOutcome(uint node, ulong counter) => State.Outcomes.GetValueOrDefault(node)?.GetValueOrDefault(counter);

    public void Dispose()
    {
        End();
        GC.SuppressFinalize(this);
    }

    protected virtual void End()
    {
    }
}
