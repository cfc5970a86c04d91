using System.Security.Cryptography;
using Actors.Messages.Content;
using Actors.Messages.Tests.Tree;
using Xunit;

namespace Actors.Messages.Tests.Content;

public sealed class ChunkTreeTests
{
    private const int Chunk = Limits.ChunkBytes;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk)]
    public void A_single_chunk_is_its_own_root(int size)
    {
        var content = Bytes.Content(size);
        var named = Build(content, 7, out var parts);
        Assert.Equal(ContentHash.Of(content), named.Hash);
        Assert.Equal(named.Hash, named.Root);
        Assert.Equal(size, named.Size);
        Assert.Equal(named, ContentRef.Of(content));
        Assert.Single(parts.Bytes);
    }

    [Fact]
    public void A_root_is_the_hash_of_the_concatenated_hashes_of_its_chunks()
    {
        var content = Bytes.Content(2 * Chunk + 5);
        var named = Build(content, 100_000, out var parts);
        byte[] hashes =
        [
            .. SHA256.HashData(content.AsSpan(0, Chunk)), .. SHA256.HashData(content.AsSpan(Chunk, Chunk)), .. SHA256.HashData(content.AsSpan(2 * Chunk)),
        ];
        Assert.Equal(new ContentHash(SHA256.HashData(hashes)), named.Root);
        Assert.Equal(new ContentHash(SHA256.HashData(content)), named.Hash);
        Assert.Equal(4, parts.Bytes.Count);
    }

    [Theory]
    [InlineData(Chunk, 0)]
    [InlineData(Chunk + 1, 1)]
    [InlineData(128L << 20, 1)]
    [InlineData((128L << 20) + 1, 2)]
    [InlineData(256L << 30, 2)]
    [InlineData((256L << 30) + 1, 3)]
    public void Depth_follows_from_the_size(long size, int depth) => Assert.Equal(depth, ChunkTreeShape.Depth(size));

    [Theory]
    [InlineData(0)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData(5 * Chunk - 1)]
    [InlineData((2048 * Chunk) + 1)]
    public void A_reader_collects_what_a_builder_cut_in_any_order_of_arrival(int size)
    {
        var content = Bytes.Content(size);
        var named = Build(content, 1 << 20, out var parts);
        var reader = new ChunkTreeReader(named);
        var copy = new byte[size];
        var window = new List<ChunkWant>();
        var turn = 0;
        while (!reader.IsComplete)
        {
            while (window.Count < Limits.ChunksOutstandingMax && reader.TryNext(out var want))
                window.Add(want);
            var at = turn++ * 7 % window.Count;
            Assert.Equal(ChunkAcceptance.Accepted, reader.Accept(window[at].Hash, parts.Bytes[window[at].Hash], out var chunks));
            foreach (var chunk in chunks)
                parts.Bytes[chunk.Hash].CopyTo(copy, chunk.Offset);
            window.RemoveAt(at);
        }
        Assert.Equal(size, reader.AcceptedBytes);
        Assert.Equal(content, copy);
        Assert.False(reader.TryNext(out _));
    }

    [Fact]
    public void Equal_chunks_are_asked_for_once_while_outstanding_and_memory_stays_bounded()
    {
        var content = new byte[(2_050 * Chunk) + 3];
        var named = Build(content, 1 << 20, out var parts);
        var reader = new ChunkTreeReader(named);
        var asked = 0;
        long written = 0;
        while (!reader.IsComplete)
        {
            Assert.True(reader.TryNext(out var want));
            asked++;
            Assert.Equal(ChunkAcceptance.Accepted, reader.Accept(want.Hash, parts.Bytes[want.Hash], out var chunks));
            Assert.InRange(chunks.Count, 0, ChunkTreeReader.PlacesMax);
            written += chunks.Sum(chunk => chunk.Length);
        }
        Assert.Equal(content.Length, written);
        Assert.True(asked < 2_060, $"{asked}");
        var all = new ChunkTreeReader(named);
        ChunkWant next;
        while (all.TryNext(out next) && next.IsBranch)
            Assert.Equal(ChunkAcceptance.Accepted, all.Accept(next.Hash, parts.Bytes[next.Hash], out _));
        Assert.True(all.TryNext(out var secondNode));
        Assert.Equal((1, 2_048L * Chunk), (secondNode.Level, secondNode.Offset));
        Assert.False(all.TryNext(out _));
        Assert.Equal(ChunkAcceptance.Accepted, all.Accept(next.Hash, parts.Bytes[next.Hash], out var zeros));
        Assert.Equal(2_048, zeros.Count);
    }

    [Fact]
    public void Parts_that_were_not_asked_for_or_that_lie_are_refused_and_stay_wanted()
    {
        var content = Bytes.Content(3 * Chunk);
        var named = Build(content, 1 << 20, out var parts);
        var reader = new ChunkTreeReader(named);
        Assert.True(reader.TryNext(out var root));
        Assert.False(reader.TryNext(out _));
        Assert.Equal(ChunkAcceptance.NotAsked, reader.Accept(ContentHash.Of("x"u8), "x"u8, out _));
        Assert.Equal(ChunkAcceptance.Corrupt, reader.Accept(root.Hash, "x"u8, out _));
        Assert.Equal([root], reader.OutstandingWants());
        Assert.Equal(ChunkAcceptance.Accepted, reader.Accept(root.Hash, parts.Bytes[root.Hash], out _));
        Assert.Equal(ChunkAcceptance.NotAsked, reader.Accept(root.Hash, parts.Bytes[root.Hash], out _));
    }

    [Fact]
    public void A_tree_that_promises_another_size_than_it_has_is_refused()
    {
        var content = Bytes.Content(3 * Chunk);
        var named = Build(content, 1 << 20, out var parts);
        var reader = new ChunkTreeReader(named with { Size = 4 * Chunk });
        Assert.True(reader.TryNext(out var root));
        Assert.Equal(ChunkAcceptance.Corrupt, reader.Accept(root.Hash, parts.Bytes[root.Hash], out _));
    }

    private static ContentRef Build(byte[] content, int piece, out Parts parts)
    {
        parts = new Parts();
        using var builder = new ChunkTreeBuilder(parts);
        for (var at = 0; at < content.Length; at += piece)
            builder.Append(content.AsSpan(at, Math.Min(piece, content.Length - at)));
        return builder.Finish();
    }

    private sealed class Parts : IChunkSink
    {
        private long _next;

        public Dictionary<ContentHash, byte[]> Bytes { get; } = [];

        public void Chunk(ContentHash hash, long offset, ReadOnlySpan<byte> content)
        {
            Assert.Equal(_next, offset);
            _next += content.Length;
            Bytes[hash] = content.ToArray();
        }

        public void Branch(ContentHash hash, long offset, ReadOnlySpan<byte> hashes) => Bytes[hash] = hashes.ToArray();
    }
}
