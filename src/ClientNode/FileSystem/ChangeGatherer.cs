using System.Runtime.InteropServices;
using Actors.Messages.Tree;

namespace Actors.Client.FileSystem;

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
