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
