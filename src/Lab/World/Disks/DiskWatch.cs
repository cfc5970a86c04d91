using System.Text;

namespace Actors.Lab.World.Disks;

/// <summary>
/// Events of watched directories, as inotify has them: about the names in a directory, not below; the same event twice
/// in a row is one. They arrive when the world delivers them, in order, late, or never (then an overflow says so).
/// </summary>
internal sealed class DiskWatch : IDisposable
{
    private readonly SimulatedDisk _disk;
    private readonly DiskProcess _process;
    private readonly Action _signal;
    private readonly Dictionary<Inode, int> _watches = [];
    private readonly Queue<WatchEvent> _onTheWay = new();
    private readonly List<WatchEvent> _readable = [];
    private WatchEvent? _last;
    private int _next = 1;

    internal DiskWatch(SimulatedDisk disk, DiskProcess process, Action signal)
    {
        _disk = disk;
        _process = process;
        _signal = signal;
    }

    public DiskProcess Process => _process;

    /// <summary>Events that happened and were not delivered yet.</summary>
    public int OnTheWay => _onTheWay.Count;

    /// <summary>Since <see cref="Lose"/>, until <see cref="Overflow"/>.</summary>
    public bool IsLosing { get; private set; }

    internal int Count => _watches.Count;

    /// <summary>Watches one directory from now on; the same number again where it is watched already.</summary>
    /// <exception cref="DiskException">There is no such directory, or no more can be watched.</exception>
    public int Watch(DiskPath directory) =>
        TryWatch(directory, out var number) is var error and not DiskError.None
            ? throw new DiskException(error, nameof(DiskOperation.Watch), directory.ToString())
            : number;

    /// <summary>The same, with the error as its result.</summary>
    public DiskError TryWatch(DiskPath directory, out int number)
    {
        var call = new DiskCall(_process, DiskOperation.Watch, directory);
        var error = _process.Enter(call);
        number = 0;
        if (error == DiskError.None)
            error = Add(directory, out number);
        _process.Leave(call);
        return error;
    }

    /// <summary>Ends the watch of one directory; delivered events can still be read.</summary>
    public void Unwatch(int number)
    {
        foreach (var (inode, watch) in _watches)
        {
            if (watch != number)
                continue;
            inode.Watches.Remove(this);
            _watches.Remove(inode);
            return;
        }
    }

    /// <summary>Reads what was delivered.</summary>
    public IReadOnlyList<WatchEvent> Take()
    {
        var taken = _readable.ToArray();
        _readable.Clear();
        return taken;
    }

    /// <summary>Done by the world: up to this many events arrive, and the process is signalled.</summary>
    public void Deliver(int count = int.MaxValue)
    {
        var delivered = false;
        while (count-- > 0 && _onTheWay.TryDequeue(out var next))
        {
            _readable.Add(next);
            delivered = true;
        }
        if (_onTheWay.Count == 0)
            _last = null;
        if (delivered && !_process.IsKilled)
            _signal();
    }

    /// <summary>Before a read: everything until now has arrived, as in the kernel's queue, unless events are late.</summary>
    public void CatchUp()
    {
        if (!_disk.AreEventsLate)
            Deliver();
    }

    /// <summary>Done by the world: what has not arrived yet is lost, and so is everything else until <see cref="Overflow"/>: the queue is full.</summary>
    public void Lose()
    {
        IsLosing = true;
        _onTheWay.Clear();
        _last = null;
    }

    /// <summary>Done by the world: what has not arrived yet is lost, and an overflow comes in its place.</summary>
    public void Overflow()
    {
        IsLosing = false;
        _onTheWay.Clear();
        Enqueue(new WatchEvent(-1, WatchEventKind.Overflow, default, false));
    }

    public void Dispose()
    {
        foreach (var inode in _watches.Keys)
            inode.Watches.Remove(this);
        _watches.Clear();
        _onTheWay.Clear();
        _disk.Watches.Remove(this);
    }

    internal void Add(Inode directory, WatchEventKind kind, string name, bool isDirectory)
    {
        if (IsLosing)
            return;
        var next = new WatchEvent(_watches[directory], kind, DiskPath.Of(Encoding.Latin1.GetBytes(name)), isDirectory);
        if (_onTheWay.Count >= _disk.Settings.WatchQueueMax)
        {
            // As the kernel does: the queue stays, one overflow ends it, and nothing more gets in.
            next = new WatchEvent(-1, WatchEventKind.Overflow, default, false);
        }
        if (_last != next)
            Enqueue(next);
    }

    internal void End(Inode directory)
    {
        Add(directory, WatchEventKind.Ended, "", isDirectory: true);
        directory.Watches.Remove(this);
        _watches.Remove(directory);
    }

    private DiskError Add(DiskPath directory, out int number)
    {
        number = 0;
        var error = _disk.Names.Find(directory, out var inode);
        if (error == DiskError.None && !inode!.IsDirectory)
            error = DiskError.NotDirectory;
        if (error != DiskError.None || _watches.TryGetValue(inode!, out number))
            return error;
        if (_disk.Watches.Sum(watch => watch.Count) >= _disk.Settings.WatchesMax)
            return DiskError.NoSpace;
        number = _next++;
        _watches.Add(inode!, number);
        inode!.Watches.Add(this);
        return DiskError.None;
    }

    private void Enqueue(WatchEvent next)
    {
        _onTheWay.Enqueue(next);
        _last = next;
        _disk.Notify(this);
    }
}

/// <summary>One event; <paramref name="Watch"/> is the number that <see cref="DiskWatch.Watch"/> gave (-1 for an overflow).</summary>
internal readonly record struct WatchEvent(int Watch, WatchEventKind Kind, DiskPath Name, bool IsDirectory)
{
    public ReadOnlyMemory<byte> NameBytes => Name.Bytes;

    public override string ToString() => $"{Watch} {Kind} {Encoding.UTF8.GetString(NameBytes.Span)}";
}

internal enum WatchEventKind
{
    Created,
    Modified,
    /// <summary>A descriptor that was open for writing was closed.</summary>
    ClosedAfterWrite,
    /// <summary>Mode or times.</summary>
    Attributes,
    Deleted,
    MovedFrom,
    MovedTo,
    /// <summary>The watched directory was moved; its watch goes on.</summary>
    SelfMoved,
    /// <summary>The watched directory is gone, and the watch with it.</summary>
    Ended,
    /// <summary>Events were lost: anything may have happened. The only one that belongs to no watched directory.</summary>
    Overflow,
}
