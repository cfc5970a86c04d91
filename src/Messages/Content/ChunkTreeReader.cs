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
