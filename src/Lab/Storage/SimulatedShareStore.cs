using Actors.Lab.World.Disks;
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
    /// <exception cref="StoreCorruptException">It is something else.</exception>
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

    // Nothing is kept free here: full disks are to be met by writing.
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
