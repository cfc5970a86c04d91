using Actors.Messages.Tree;

namespace Actors.Client.Watcher;

/// <summary>First in, first out; a path that waits already is not added again.</summary>
internal sealed class PathQueue
{
    private readonly Queue<RelativePath> _order = new();
    private readonly HashSet<RelativePath> _waiting = [];

    public int Count => _order.Count;

    public void Add(RelativePath path)
    {
        if (_waiting.Add(path))
            _order.Enqueue(path);
    }

    public bool TryTake(out RelativePath path)
    {
        if (!_order.TryDequeue(out path))
            return false;
        _waiting.Remove(path);
        return true;
    }
}
