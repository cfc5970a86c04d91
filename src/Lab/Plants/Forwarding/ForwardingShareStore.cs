using Actors.Server.Storage;

namespace Actors.Lab.Plants;

/// <summary>A store whose transactions, or whose snapshots, pass through a plant.</summary>
internal sealed class ForwardingShareStore(
    IShareStore inner, Func<IStoreTransaction, IStoreTransaction>? transactions = null, Func<IShareSnapshot, IShareSnapshot>? snapshots = null) : IShareStore
{
    public IShareReader OpenReader() => snapshots is null ? inner.OpenReader() : new Reader(inner.OpenReader(), snapshots);

    public IStoreTransaction Begin() => transactions is null ? inner.Begin() : transactions(inner.Begin());

    public void CheckPlace() => inner.CheckPlace();

    public void CheckRoom(long bytes) => inner.CheckRoom(bytes);

    public void CheckReserve(long bytes) => inner.CheckReserve(bytes);

    public void Dispose() => inner.Dispose();

    private sealed class Reader(IShareReader inner, Func<IShareSnapshot, IShareSnapshot> snapshots) : IShareReader
    {
        public IShareSnapshot Snapshot() => snapshots(inner.Snapshot());

        public void Dispose() => inner.Dispose();
    }
}
