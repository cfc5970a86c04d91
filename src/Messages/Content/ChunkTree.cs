using System.Security.Cryptography;

namespace Actors.Messages.Content;

/// <summary>
/// Walks the chunk tree of content whose parts come from elsewhere: tells what is wanted next, from front to back, and
/// checks what arrives. Memory: one branch a level and <see cref="PlacesMax"/> places. Equal parts are asked for once
/// while they are outstanding.
/// </summary>
public sealed class ChunkTreeReader
{
    /// <summary>Places in the file that may wait for outstanding parts; at the limit <see cref="TryNext"/> waits too.</summary>
    public const int PlacesMax = 2 * Limits.TreeFanOut;

    private readonly Stack<OpenBranch> _open = new();
    private readonly Dictionary<ContentHash, List<ChunkWant>> _outstanding = [];
    private ChunkWant? _root;
    private ChunkWant? _awaitedBranch;
    private int _places;

    public ChunkTreeReader(ContentRef content)
    {
        Content = content;
        _root = new ChunkWant(content.Root, 0, content.Size, ChunkTreeShape.Depth(content.Size));
    }

    public ContentRef Content { get; }

    /// <summary>Bytes of content whose chunks were accepted.</summary>
    public long AcceptedBytes { get; private set; }

    /// <summary>Every chunk was asked for and accepted.</summary>
    public bool IsComplete => _root is null && _open.Count == 0 && _outstanding.Count == 0;

    /// <summary>Parts that were handed out by <see cref="TryNext"/> and not accepted yet.</summary>
    public int Outstanding => _outstanding.Count;

    /// <summary>
    /// The next part to fetch. False where nothing can be named now: all was, or a branch that is outstanding hides the
    /// rest. A caller that has the part already hands it to <see cref="Accept"/> at once.
    /// </summary>
    public bool TryNext(out ChunkWant want)
    {
        while (_awaitedBranch is null && _places < PlacesMax && TakeNext(out want))
        {
            _places++;
            if (want.IsBranch)
                _awaitedBranch = want;
            if (_outstanding.TryGetValue(want.Hash, out var places))
            {
                // Equal bytes elsewhere in the file are under way: they will serve this place too.
                places.Add(want);
                continue;
            }
            _outstanding.Add(want.Hash, [want]);
            return true;
        }
        want = default;
        return false;
    }

    /// <summary>
    /// Takes a part, and says where its bytes belong (several places where parts are equal; none for a branch). After
    /// <see cref="ChunkAcceptance.Corrupt"/> the part is still wanted; a second try from the same holder will not help.
    /// </summary>
    public ChunkAcceptance Accept(ContentHash hash, ReadOnlySpan<byte> bytes, out IReadOnlyList<ChunkWant> chunks)
    {
        chunks = [];
        if (!_outstanding.TryGetValue(hash, out var places))
            return ChunkAcceptance.NotAsked;
        if (ContentHash.Of(bytes) != hash)
            return ChunkAcceptance.Corrupt;
        // A lying tree can name one hash for parts of different lengths: refuse it whole.
        foreach (var place in places)
        {
            if (place.PartBytes != bytes.Length)
                return ChunkAcceptance.Corrupt;
        }
        _outstanding.Remove(hash);
        _places -= places.Count;
        var accepted = new List<ChunkWant>(places.Count);
        foreach (var place in places)
        {
            if (place.IsBranch)
            {
                _open.Push(new OpenBranch(place, bytes.ToArray()));
                _awaitedBranch = null;
            }
            else
            {
                accepted.Add(place);
                AcceptedBytes += place.Length;
            }
        }
        chunks = accepted;
        return ChunkAcceptance.Accepted;
    }

    /// <summary>Hands every outstanding part out again, oldest first: after the connection was lost.</summary>
    public IReadOnlyList<ChunkWant> OutstandingWants() =>
        [.. _outstanding.Values.Select(places => places[0]).OrderBy(want => want.Offset)];

    private bool TakeNext(out ChunkWant want)
    {
        if (_root is { } root)
        {
            _root = null;
            want = root;
            return true;
        }
        while (_open.TryPeek(out var branch))
        {
            if (branch.TryTake(out want))
            {
                if (branch.IsEmpty)
                    _open.Pop();
                return true;
            }
            _open.Pop();
        }
        want = default;
        return false;
    }

    private sealed class OpenBranch(ChunkWant branch, byte[] hashes)
    {
        private int _taken;

        public bool IsEmpty => _taken * ContentHash.Size == hashes.Length;

        public bool TryTake(out ChunkWant part)
        {
            part = default;
            if (IsEmpty)
                return false;
            var capacity = ChunkTreeShape.Capacity(branch.Level - 1);
            var start = _taken * capacity;
            var hash = new ContentHash(hashes.AsSpan(_taken * ContentHash.Size, ContentHash.Size));
            part = new ChunkWant(hash, branch.Offset + start, Math.Min(capacity, branch.Length - start), branch.Level - 1);
            _taken++;
            return true;
        }
    }
}

/// <summary>
/// A part of a chunk tree that is needed: a chunk (level 0) or a branch (level 1 and up). <paramref name="Length"/> counts
/// the bytes of content that it stands for.
/// </summary>
public readonly record struct ChunkWant(ContentHash Hash, long Offset, long Length, int Level)
{
    public bool IsBranch => Level > 0;

    /// <summary>Bytes of the part itself: of the chunk, or of the branch's hashes.</summary>
    public int PartBytes => IsBranch ? ContentHash.Size * ChunkTreeShape.Parts(Level, Length) : (int)Length;
}

/// <summary>What became of a part that arrived.</summary>
public enum ChunkAcceptance
{
    Accepted,
    /// <summary>It was not asked for, or it came twice.</summary>
    NotAsked,
    /// <summary>The bytes are not what the hash or the tree promises.</summary>
    Corrupt,
}

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

/// <summary>How content of a size is cut: everything about a chunk tree that does not depend on the bytes.</summary>
public static class ChunkTreeShape
{
    /// <summary>Levels of branches above the chunks: 0 up to 64 KiB, 1 up to 128 MiB, 2 up to 256 GiB, 3 up to 512 TiB.</summary>
    public static int Depth(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Limits.FileBytesMax);
        var depth = 0;
        while (size > Capacity(depth))
            depth++;
        return depth;
    }

    /// <summary>Bytes of content that a part of this level names at most; level 0 is a chunk.</summary>
    public static long Capacity(int level)
    {
        long capacity = Limits.ChunkBytes;
        for (var i = 0; i < level; i++)
            capacity *= Limits.TreeFanOut;
        return capacity;
    }

    /// <summary>Parts that a branch of this level (1 or more) has where it names <paramref name="length"/> bytes of content.</summary>
    public static int Parts(int level, long length)
    {
        var part = Capacity(level - 1);
        return (int)((length + part - 1) / part);
    }
}
