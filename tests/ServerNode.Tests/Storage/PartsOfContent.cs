using Actors.Messages;
using Actors.Messages.Content;

namespace Actors.Server.Tests.Storage;

/// <summary>Content of several chunks with its parts in hand: contents of one seed begin with the same chunks.</summary>
internal sealed class PartsOfContent : IChunkSink
{
    public PartsOfContent(int chunks, int seed)
    {
        using var builder = new ChunkTreeBuilder(this);
        var chunk = new byte[Limits.ChunkBytes];
        for (var i = 0; i < chunks; i++)
        {
            Array.Fill(chunk, (byte)(seed * 16 + i));
            builder.Append(chunk);
        }
        Content = builder.Finish();
    }

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
