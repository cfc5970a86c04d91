using Actors.Lab.Checking;
using Actors.Server.Storage;

namespace Actors.Lab.Observing;

/// <summary>A server's store that notes what was really committed.</summary>
internal sealed class RecordingShareStore : IShareStore
{
    private readonly IShareStore _store;
    private readonly ServerHistory _history;

    public RecordingShareStore(IShareStore store, ServerHistory history, Coverage coverage)
    {
        (_store, _history) = (store, history);
        if (history.Head > 0)
            coverage.Reached(Checkers.Of(Checkers.Durability));
        history.Reopen(store);
    }

    public IShareReader OpenReader() => _store.OpenReader();

    public IStoreTransaction Begin() => new RecordingTransaction(_store.Begin(), _history);

    public IDisposable OnCommittedElsewhere(Action<ShareHead> notice) => _store.OnCommittedElsewhere(notice);

    public void Dispose() => _store.Dispose();
}
