using Actors.Messages.Content;

namespace Actors.Server.Sessions;

/// <summary>What of some contents is still wanted, in which order, and which of them are complete. Small ones are fetched side by side.</summary>
internal sealed class UploadFetch(IEnumerable<ContentRef> contents)
{
    private const int SideBySide = 16;

    private readonly Queue<ContentRef> _later = new(contents);
    private readonly List<ChunkTreeReader> _trees = [];

    /// <summary>Contents whose parts were all accepted, and that have several.</summary>
    public Queue<ContentRef> Unchecked { get; } = new();

    public bool IsComplete => _later.Count == 0 && _trees.Count == 0;

    /// <summary>Up to so many parts that were not asked for yet.</summary>
    public IReadOnlyList<ChunkWant> Take(int count)
    {
        var wants = new List<ChunkWant>();
        var index = 0;
        while (wants.Count < count)
        {
            if (index == _trees.Count)
            {
                if (_trees.Count == SideBySide || !_later.TryDequeue(out var next))
                    break;
                _trees.Add(new ChunkTreeReader(next));
            }
            if (!_trees[index].TryNext(out var want))
                index++;
            else if (!wants.Exists(each => each.Hash == want.Hash))
                wants.Add(want);
        }
        return wants;
    }

    /// <summary>Gives a part to every content that waits for it.</summary>
    public ChunkAcceptance Accept(ContentHash hash, ReadOnlySpan<byte> bytes)
    {
        var result = ChunkAcceptance.NotAsked;
        for (var i = _trees.Count - 1; i >= 0; i--)
        {
            var one = _trees[i].Accept(hash, bytes, out _);
            if (one == ChunkAcceptance.Corrupt)
                return one;
            if (one == ChunkAcceptance.Accepted)
                result = one;
            if (_trees[i].IsComplete)
            {
                if (!_trees[i].Content.IsSingleChunk)
                    Unchecked.Enqueue(_trees[i].Content);
                _trees.RemoveAt(i);
            }
        }
        return result;
    }
}
