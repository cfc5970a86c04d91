using Actors.Messages.Tree;

namespace Actors.Client.FileSystem;

/// <summary>Which directory each watch is on. Needs the lock of its owner.</summary>
internal sealed class WatchTable
{
    private readonly Dictionary<int, RelativePath> _byWatch = [];
    private readonly SortedDictionary<RelativePath, int> _byPath = [];

    public RelativePath? Find(int watch) => _byWatch.TryGetValue(watch, out var path) ? path : null;

    /// <summary>The kernel gives a directory that is watched already its old number, under any name.</summary>
    public void Set(int watch, RelativePath directory)
    {
        Remove(watch);
        // Another directory may have stood here, whose end is still to be read.
        if (_byPath.TryGetValue(directory, out var other))
            _byWatch.Remove(other);
        _byWatch[watch] = directory;
        _byPath[directory] = watch;
    }

    public void Remove(int watch)
    {
        if (_byWatch.Remove(watch, out var path) && _byPath.TryGetValue(path, out var current) && current == watch)
            _byPath.Remove(path);
    }

    /// <summary>Forgets a directory and all below it; returns their watches.</summary>
    public IReadOnlyList<int> RemoveTree(RelativePath directory)
    {
        var watches = new List<int>();
        foreach (var (path, watch) in _byPath)
        {
            if (path == directory || directory.IsAncestorOf(path))
                watches.Add(watch);
        }
        foreach (var watch in watches)
            Remove(watch);
        return watches;
    }
}
