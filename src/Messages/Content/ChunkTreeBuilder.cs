using System.Security.Cryptography;

namespace Actors.Messages.Content;

/// <summary>
/// Computes hash, size and root of content that is fed in pieces, and hands its chunks and branches to a sink. Memory: one
/// chunk and one unfinished branch a level. Chunks come in order; a branch comes after its parts.
/// </summary>
public sealed class ChunkTreeBuilder(IChunkSink? sink = null) : IDisposable
{
    private readonly IncrementalHash _whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<Level> _levels = [];
    private byte[] _chunk = [];
    private int _filled;
    private long _size;
    private bool _finished;

    /// <summary>Bytes fed until now.</summary>
    public long Size => _size;

    public void Append(ReadOnlySpan<byte> content)
    {
        ObjectDisposedException.ThrowIf(_finished, this);
        _whole.AppendData(content);
        while (!content.IsEmpty)
        {
            // A chunk is closed only when a byte after it is known: content of exactly one chunk has no branch.
            if (_filled == Limits.ChunkBytes)
                CloseChunk();
            var taken = Math.Min(content.Length, Limits.ChunkBytes - _filled);
            Reserve(_filled + taken);
            content[..taken].CopyTo(_chunk.AsSpan(_filled));
            _filled += taken;
            _size += taken;
            content = content[taken..];
        }
    }

    /// <summary>Closes the tree; nothing can be appended after.</summary>
    public ContentRef Finish()
    {
        ObjectDisposedException.ThrowIf(_finished, this);
        _finished = true;
        Span<byte> bytes = stackalloc byte[ContentHash.Size];
        _whole.GetHashAndReset(bytes);
        var hash = new ContentHash(bytes);
        if (_levels.Count == 0)
        {
            sink?.Chunk(hash, 0, _chunk.AsSpan(0, _filled));
            return new ContentRef(hash, _size, hash);
        }
        CloseChunk();
        // Each level's rest closes into the one above it; the single branch of the last level is the root.
        for (var level = 0; ; level++)
        {
            var (branch, offset) = CloseBranch(level);
            if (level == _levels.Count - 1)
                return new ContentRef(hash, _size, branch);
            AddPart(level + 1, branch, offset);
        }
    }

    public void Dispose() => _whole.Dispose();

    /// <summary>Most files are small, and need no room for a whole chunk.</summary>
    private void Reserve(int bytes)
    {
        if (bytes > _chunk.Length)
            Array.Resize(ref _chunk, Math.Min(Limits.ChunkBytes, Math.Max(bytes, 2 * _chunk.Length)));
    }

    private void CloseChunk()
    {
        var content = _chunk.AsSpan(0, _filled);
        var hash = ContentHash.Of(content);
        var offset = _size - _filled;
        sink?.Chunk(hash, offset, content);
        _filled = 0;
        AddPart(0, hash, offset);
    }

    private void AddPart(int level, ContentHash part, long offset)
    {
        if (level == _levels.Count)
            _levels.Add(new Level());
        // As with chunks, a full branch is closed only when a part after it is known.
        if (_levels[level].Count == Limits.TreeFanOut)
        {
            var (branch, start) = CloseBranch(level);
            AddPart(level + 1, branch, start);
        }
        _levels[level].Add(part, offset);
    }

    private (ContentHash Branch, long Offset) CloseBranch(int level)
    {
        var hashes = _levels[level].Hashes;
        var branch = ContentHash.Of(hashes);
        var offset = _levels[level].Offset;
        sink?.Branch(branch, offset, hashes);
        _levels[level].Clear();
        return (branch, offset);
    }

    private sealed class Level
    {
        private byte[] _hashes = new byte[16 * ContentHash.Size];

        public int Count { get; private set; }
        public long Offset { get; private set; }
        public ReadOnlySpan<byte> Hashes => _hashes.AsSpan(0, Count * ContentHash.Size);

        public void Add(ContentHash part, long offset)
        {
            if (Count == 0)
                Offset = offset;
            if (_hashes.Length == Count * ContentHash.Size)
                Array.Resize(ref _hashes, 2 * _hashes.Length);
            part.CopyTo(_hashes.AsSpan(Count * ContentHash.Size));
            Count++;
        }

        public void Clear() => Count = 0;
    }
}

/// <summary>Takes the parts of a chunk tree as they come about. The bytes are valid during the call only.</summary>
public interface IChunkSink
{
    /// <summary>A chunk of content that starts at <paramref name="offset"/> in the file.</summary>
    void Chunk(ContentHash hash, long offset, ReadOnlySpan<byte> content);

    /// <summary>A branch whose content starts at <paramref name="offset"/> in the file: hashes of its parts, concatenated.</summary>
    void Branch(ContentHash hash, long offset, ReadOnlySpan<byte> hashes);
}
