using Actors.Messages.Content;
using Actors.Server.Sessions;

namespace Actors.Server.Tests.Sessions;

public sealed class UploadFetchTests
{
    [Fact]
    public void Small_contents_are_fetched_side_by_side_and_equal_ones_once()
    {
        var fetch = new UploadFetch([ContentRef.Of("a"u8), ContentRef.Of("b"u8), ContentRef.Of("a"u8)]);
        Assert.Equal([ContentHash.Of("a"u8), ContentHash.Of("b"u8)], fetch.Take(16).Select(want => want.Hash));
        Assert.Empty(fetch.Take(16));
        Assert.Equal(ChunkAcceptance.Accepted, fetch.Accept(ContentHash.Of("a"u8), "a"u8));
        Assert.False(fetch.IsComplete);
        Assert.Equal(ChunkAcceptance.Accepted, fetch.Accept(ContentHash.Of("b"u8), "b"u8));
        Assert.True(fetch.IsComplete);
        Assert.Empty(fetch.Unchecked);
    }

    [Fact]
    public void A_large_content_is_walked_from_its_root_and_then_waits_for_its_check()
    {
        var parts = new Dictionary<ContentHash, byte[]>();
        using var builder = new ChunkTreeBuilder(new Collector(parts));
        for (var i = 0; i < 40; i++)
            builder.Append(Enumerable.Repeat((byte)i, 65_536).ToArray());
        var content = builder.Finish();
        var fetch = new UploadFetch([content]);
        Assert.Equal(content.Root, Assert.Single(fetch.Take(16)).Hash);
        fetch.Accept(content.Root, parts[content.Root]);
        var asked = 0;
        while (fetch.Take(16) is { Count: > 0 } wants)
        {
            asked += wants.Count;
            foreach (var want in wants)
                Assert.Equal(ChunkAcceptance.Accepted, fetch.Accept(want.Hash, parts[want.Hash]));
        }
        Assert.Equal(40, asked);
        Assert.True(fetch.IsComplete);
        Assert.Equal(content, Assert.Single(fetch.Unchecked));
    }

    [Fact]
    public void Bytes_without_the_promised_hash_are_corrupt_and_unasked_ones_are_ignored()
    {
        var fetch = new UploadFetch([ContentRef.Of("a"u8)]);
        fetch.Take(1);
        Assert.Equal(ChunkAcceptance.Corrupt, fetch.Accept(ContentHash.Of("a"u8), "b"u8));
        Assert.Equal(ChunkAcceptance.NotAsked, fetch.Accept(ContentHash.Of("c"u8), "c"u8));
    }

    private sealed class Collector(Dictionary<ContentHash, byte[]> parts) : IChunkSink
    {
        public void Chunk(ContentHash hash, long offset, ReadOnlySpan<byte> content) => parts[hash] = content.ToArray();

        public void Branch(ContentHash hash, long offset, ReadOnlySpan<byte> hashes) => parts[hash] = hashes.ToArray();
    }
}
