using Actors.Replication.Content;

namespace Actors.Client.Tests.Transfers;

/// <summary>Content with its parts in hand. No two chunks are equal.</summary>
internal sealed class PartsOfContent : IChunkSink
{
    public PartsOfContent(int bytes, int seed = 1)
    {
        Bytes = new byte[bytes];
        for (var i = 0; i < bytes; i++)
            Bytes[i] = (byte)((i / 65_536 * 7) + (i * 31) + seed);
        using var builder = new ChunkTreeBuilder(this);
        builder.Append(Bytes);
        Content = builder.Finish();
    }

    public byte[] Bytes { get; }

    public ContentRef Content { get; }

    public Dictionary<ContentHash, byte[]> Parts { get; } = [];

    public List<ContentHash> Chunks { get; } = [];

    public List<ContentHash> Nodes { get; } = [];

    public void Chunk(ContentHash hash, long offset, ReadOnlySpan<byte> content)
    {
        Parts[hash] = content.ToArray();
        Chunks.Add(hash);
    }

    public void Node(ContentHash hash, long offset, ReadOnlySpan<byte> hashes)
    {
        Parts[hash] = hashes.ToArray();
        Nodes.Add(hash);
    }
}
