using Actors.Server.Storage;

namespace Actors.Server.Tests.Conversation;

/// <summary>A store whose disk can be full, and that can fail in other ways.</summary>
internal sealed class FaultyStore(IShareStore store) : IShareStore
{
    private volatile Exception? _fault;
    private volatile bool _isFull;

    public bool IsFull
    {
        set => _isFull = value;
    }

    /// <summary>Of a writer, and of a look whether the store is in its place.</summary>
    public Exception? Fault
    {
        set => _fault = value;
    }

    /// <summary>Called before each write.</summary>
    public Action Entering { get; set; } = () => { };

    public IShareReader OpenReader() => store.OpenReader();

    public IStoreTransaction Begin()
    {
        Entering();
        if (_isFull)
            throw new StoreUnavailableException("the disk is full");
        return _fault is { } fault ? throw fault : store.Begin();
    }

    public void CheckPlace()
    {
        if (_fault is { } fault)
            throw fault;
        store.CheckPlace();
    }

    /// <summary>What can be written at most, as far as it is asked for.</summary>
    public long RoomBytes { get; set; } = long.MaxValue;

    /// <summary>How often room was asked for.</summary>
    public int RoomAsked { get; private set; }

    public void CheckRoom(long bytes)
    {
        RoomAsked++;
        if (bytes > RoomBytes)
            throw new StoreUnavailableException("the disk is full");
        CheckReserve(bytes);
        store.CheckRoom(bytes);
    }

    /// <summary>What may be written at most, as the code that keeps some of the disk free sees it.</summary>
    public long UnreservedBytes { get; set; } = long.MaxValue;

    public void CheckReserve(long bytes)
    {
        if (bytes > UnreservedBytes)
            throw new StoreUnavailableException("less than the reserve would be free");
        store.CheckReserve(bytes);
    }

    public void Dispose() => store.Dispose();
}
