using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Server.Tests.Conversation;

/// <summary>Content with its parts in hand.</summary>
internal sealed class Chunked : IChunkSink
{
    public Chunked(int bytes, int seed)
    {
        var content = new byte[bytes];
        for (var i = 0; i < bytes; i++)
            content[i] = (byte)((i / 65_536 * 7) + (i * 31) + seed);
        using var builder = new ChunkTreeBuilder(this);
        builder.Append(content);
        Content = builder.Finish();
    }

    public ContentRef Content { get; }

    public Dictionary<ContentHash, byte[]> Parts { get; } = [];

    public PathChange At(string path) => new(RelativePath.Parse(path), 0, EntryState.File(Content));

    public void Chunk(ContentHash hash, long offset, ReadOnlySpan<byte> content) => Parts[hash] = content.ToArray();

    public void Branch(ContentHash hash, long offset, ReadOnlySpan<byte> hashes) => Parts[hash] = hashes.ToArray();
}
