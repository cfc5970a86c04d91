using Actors.Messages.Content;

namespace Actors.Client.Tests.Content;

/// <summary>Content with its parts in hand.</summary>
internal sealed class PartsOfContent : IChunkSink
{
    /// <summary>No two chunks are equal.</summary>
    public PartsOfContent(int bytes, int seed = 1)
        : this([.. Enumerable.Range(0, bytes).Select(i => (byte)((i / 65_536 * 7) + (i * 31) + seed))])
    {
    }

    private PartsOfContent(byte[] bytes)
    {
        Bytes = bytes;
        using var builder = new ChunkTreeBuilder(this);
        builder.Append(Bytes);
        Content = builder.Finish();
    }

    /// <summary>Zeros, but for one byte.</summary>
    public static PartsOfContent Sparse(int bytes, int dataAt)
    {
        var content = new byte[bytes];
        content[dataAt] = 1;
        return new PartsOfContent(content);
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

    public void Branch(ContentHash hash, long offset, ReadOnlySpan<byte> hashes)
    {
        Parts[hash] = hashes.ToArray();
        Nodes.Add(hash);
    }
}
