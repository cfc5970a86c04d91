using Actors.Server.Storage;

namespace Actors.Server.Tests.Conversation;

/// <summary>A store whose disk can be full.</summary>
internal sealed class FaultyStore(IShareStore store) : IShareStore
{
    public volatile bool IsFull;

    public IShareReader OpenReader() => store.OpenReader();

    public IStoreTransaction Begin() => IsFull ? throw new StoreUnavailableException("the disk is full") : store.Begin();

    public IDisposable OnCommittedElsewhere(Action<ShareHead> notice) => store.OnCommittedElsewhere(notice);

    public void Dispose() => store.Dispose();
}
