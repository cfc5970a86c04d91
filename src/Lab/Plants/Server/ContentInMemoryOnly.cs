using Actors.Messages.Content;
using Actors.Server.Storage;

namespace Actors.Lab.Plants;

/// <summary>A commit is durable, the content that came with it is not: it is known until the server ends.</summary>
internal sealed class ContentInMemoryOnly : Plant
{
    public override IShareStore ShareStore(IShareStore store)
    {
        var parts = new Dictionary<ContentHash, byte[]>();
        return new ForwardingShareStore(store, transaction => new Transaction(transaction, parts), snapshot => new Snapshot(snapshot, parts));
    }

    private sealed class Transaction(IStoreTransaction inner, Dictionary<ContentHash, byte[]> parts) : ForwardingTransaction(inner)
    {
        public override void PutPart(ContentHash hash, ReadOnlySpan<byte> bytes) => parts[hash] = bytes.ToArray();

        public override byte[]? ReadPart(ContentHash hash) => parts.GetValueOrDefault(hash);

        public override int? PartLength(ContentHash hash) => parts.GetValueOrDefault(hash)?.Length;
    }

    private sealed class Snapshot(IShareSnapshot inner, Dictionary<ContentHash, byte[]> parts) : ForwardingSnapshot(inner)
    {
        public override byte[]? ReadPart(ContentHash hash) => parts.GetValueOrDefault(hash);

        public override int? PartLength(ContentHash hash) => parts.GetValueOrDefault(hash)?.Length;
    }
}
