using System.Runtime.InteropServices;
using Actors.Messages.Tree;

namespace Actors.Client.FileSystem;

/// <summary>
/// Gathers changes in watched directories until they are harvested: a path appears once, however often it changed, so
/// that a slow harvester costs no memory. Watches of directories that were removed or moved away end by themselves.
/// </summary>
public interface IWatchSource : IDisposable
{
    /// <summary>
    /// Watches the names in one directory, not those below. What happens after the call is seen; so a directory is
    /// listed after its watch is added.
    /// </summary>
    WatchOutcome Add(RelativePath directory);

    /// <summary>Takes what was gathered. The next change signals again.</summary>
    WatchHarvest Harvest();
}

public enum WatchOutcome
{
    Watched,
    /// <summary>There is no such directory any more.</summary>
    Gone,
    /// <summary>The system allows no more watches: changes below are found by scanning only.</summary>
    OutOfWatches,
}

/// <summary>Changes since the last harvest, in the order in which they were completed. After an overflow anything may have changed: only a scan can tell.</summary>
public sealed record WatchHarvest(IReadOnlyList<WatchedChange> Changes, bool Overflowed)
{
    public static WatchHarvest Empty { get; } = new([], false);
}

/// <summary>
/// Something happened to a path; what it is now must be read from the disk. <paramref name="Finished"/>: a writer closed it,
/// or it was put, moved or removed as a whole; else it was written by a process that may go on. <paramref name="Completed"/>: and its
/// content or its name may be new, not its attributes only.
/// </summary>
public readonly record struct WatchedChange(RelativePath Path, bool Finished, bool Completed);

/// <summary>
/// Turns events of watched directories into changed paths. A watch belongs to a directory, not to its name: what is moved
/// away is forgotten here, and watched again when it is found under its new name. Needs the lock of its owner.
/// </summary>
/// <param name="pathsMax">More distinct changed paths than this are an overflow: a scan is cheaper then.</param>
internal sealed class ChangeGatherer(int pathsMax = ChangeGatherer.PathsMax)
{
    public const int PathsMax = 65_536;

    private readonly WatchTable _table = new();
    private Dictionary<RelativePath, Gathered> _changes = [];
    private long _last;
    private bool _overflowed;
    private bool _signalled;

    private bool IsEmpty => _changes.Count == 0 && !_overflowed;

    public void Watched(int watch, RelativePath directory) => _table.Set(watch, directory);

    public void Ended(int watch) => _table.Remove(watch);

    /// <summary>Something happened to a name in a watched directory.</summary>
    /// <param name="watch">Of that directory.</param>
    /// <param name="name">Empty: to the directory itself, which its parent's watch reports as well.</param>
    /// <param name="isDirectoryMovedAway">A directory is no longer under that name.</param>
    /// <param name="finished">No process is known to go on writing.</param>
    /// <param name="completed">And more than attributes may have changed.</param>
    /// <returns>Watches that are to be ended.</returns>
    public IReadOnlyList<int> Add(int watch, ReadOnlySpan<byte> name, bool isDirectoryMovedAway, bool finished, bool completed)
    {
        if (name.IsEmpty || _table.Find(watch) is not { } directory || !directory.TryChild(name, out var path, out _))
            return [];
        var ended = isDirectoryMovedAway ? _table.RemoveTree(path) : [];
        Add(path, finished, completed);
        return ended;
    }

    /// <summary>Something happened to a path.</summary>
    public void Add(RelativePath path, bool finished, bool completed)
    {
        if (_overflowed)
            return;
        ref var change = ref CollectionsMarshal.GetValueRefOrAddDefault(_changes, path, out var isKnown);
        // A change has the place of its newest end, or of its beginning until there is one.
        change = new Gathered(completed || !isKnown ? ++_last : change.Place, finished || change.Finished, completed || change.Completed);
        if (_changes.Count > pathsMax)
            Overflow();
    }

    public void Overflow()
    {
        _overflowed = true;
        _changes.Clear();
    }

    /// <summary>True where the harvester has to be signalled: once until it harvests.</summary>
    public bool TakeSignal()
    {
        if (_signalled || IsEmpty)
            return false;
        _signalled = true;
        return true;
    }

    public WatchHarvest Harvest()
    {
        _signalled = false;
        if (IsEmpty)
            return WatchHarvest.Empty;
        var harvest = new WatchHarvest([.. _changes.OrderBy(item => item.Value.Place).Select(item => new WatchedChange(item.Key, item.Value.Finished, item.Value.Completed))], _overflowed);
        _changes = [];
        _overflowed = false;
        return harvest;
    }

    private readonly record struct Gathered(long Place, bool Finished, bool Completed);
}

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
