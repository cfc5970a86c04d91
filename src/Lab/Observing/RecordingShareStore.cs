using Actors.Server.Storage;

namespace Actors.Lab.Observing;

/// <summary>A server's store that notes what was really committed.</summary>
internal sealed class RecordingShareStore : IShareStore
{
    private readonly IShareStore _store;
    private readonly ServerHistory _history;
    private readonly Action<IShareSnapshot, IReadOnlyList<LogRow>> _committed;
    private bool _isInDoubt;

    /// <param name="store">The real one.</param>
    /// <param name="history">Follows it.</param>
    /// <param name="committed">Sees what was committed when it is noted, with the store as it is then.</param>
    public RecordingShareStore(IShareStore store, ServerHistory history, Action<IShareSnapshot, IReadOnlyList<LogRow>> committed)
    {
        (_store, _history, _committed) = (store, history, committed);
        history.Reopen(store);
    }

    public IShareReader OpenReader() => _store.OpenReader();

    public IStoreTransaction Begin() => new RecordingTransaction(_store.Begin(), _history, _committed, () => _isInDoubt = true);

    // What was written while the store lay nowhere counts when it is back: nobody was told of it, and from now on everybody may be.
    public void CheckPlace()
    {
        _store.CheckPlace();
        if (!_isInDoubt)
            return;
        _isInDoubt = false;
        using var reader = _store.OpenReader();
        using var snapshot = reader.Snapshot();
        _history.CatchUp(snapshot);
    }

    public void CheckRoom(long bytes) => _store.CheckRoom(bytes);

    public void CheckReserve(long bytes) => _store.CheckReserve(bytes);

    public void Dispose() => _store.Dispose();
}
