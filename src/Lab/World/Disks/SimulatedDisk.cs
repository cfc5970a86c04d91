namespace Actors.Lab.World.Disks;

/// <summary>
/// A disk with one file system in memory: what processes do to it is seen by all of them at once, and survives a loss of
/// power as far as it was synced (and, by chance, further). Belongs to one thread.
/// </summary>
internal sealed class SimulatedDisk
{
    private readonly Func<DateTimeOffset> _now;
    private readonly SeededRandomSource _random;
    private readonly NameJournal _journal = new();
    private readonly SortedSet<ulong> _freeNumbers = [];
    private readonly List<Inode> _removed = [];
    private readonly Dictionary<ulong, Inode> _inodes = [];
    private readonly List<DiskProcess> _processes = [];
    private ulong _nextNumber = 2;

    /// <param name="now">The machine's time of day.</param>
    /// <param name="random">Decides what a loss of power leaves.</param>
    /// <param name="settings">Null: the defaults.</param>
    public SimulatedDisk(Func<DateTimeOffset> now, SeededRandomSource random, DiskSettings? settings = null)
    {
        _now = now;
        _random = random;
        Settings = settings ?? new DiskSettings();
        CapacityBytes = Settings.CapacityBytes;
        Names = new NameTree(new Inode(1, InodeKind.Directory) { Mode = 0x1ed }, _journal, () => NowNs, Release);
    }

    public DiskSettings Settings { get; }

    /// <summary>Can be changed at any time: disks fill and empty.</summary>
    public long CapacityBytes { get; set; }

    public long UsedBytes { get; internal set; }

    public long FreeBytes => Math.Max(0, CapacityBytes - UsedBytes);

    /// <summary>Changes of names that a loss of power could undo.</summary>
    public int UnsyncedNames => _journal.Count;

    public IReadOnlyList<DiskProcess> Processes => _processes;

    /// <summary>
    /// Names that processes with a gate have changed, and that a loss of power could take back. Where a user has moved or removed
    /// a directory since, they are left out: the node could not know where to find them.
    /// </summary>
    internal IEnumerable<NameSlot> UnsyncedNamesOfNodes => _journal.Pending
        .Where(change => change.By.HasGate && change.UsersMoves == Names.UsersMoves)
        .SelectMany(change => change.Slots);

    /// <summary>
    /// Called when a watch has events on the way, to deliver them then or later. Null: they arrive at once.
    /// </summary>
    public Action<DiskWatch>? EventsOnTheWay { get; set; }

    /// <summary>Events on the way stay there when a reader asks.</summary>
    public bool AreEventsLate { get; set; }

    internal NameTree Names { get; }
    internal List<DiskWatch> Watches { get; } = [];
    internal int OpenFiles { get; set; }

    internal long NowNs
    {
        get
        {
            var ns = (_now() - DateTimeOffset.UnixEpoch).Ticks * 100;
            return ns - (ns % Settings.TickNs);
        }
    }

    /// <summary>Starts a process that uses this disk. A gate sees its calls; a user needs none.</summary>
    /// <param name="name">For traces.</param>
    /// <param name="gate">Null: nothing comes between its calls.</param>
    /// <param name="user">Whose process it is: all may read and write everything, but see <see cref="Descriptor.TellsWriters"/>.</param>
    public DiskProcess StartProcess(string name, IDiskGate? gate = null, int user = 0)
    {
        var process = new DiskProcess(this, name, gate) { User = user };
        _processes.Add(process);
        return process;
    }

    /// <summary>All processes are dead, and what was not synced is lost, in any part.</summary>
    public PowerLoss LosePower()
    {
        foreach (var process in _processes.ToList())
            process.Kill();
        var names = _journal.LosePower(_random);
        var files = 0;
        var left = new Dictionary<ulong, Inode> { [Names.Root.Number] = Names.Root };
        foreach (var inode in _inodes.Values)
            inode.ClearNames();
        Restore(Names.Root, left);
        foreach (var inode in left.Values.OrderBy(inode => inode.Number))
            files += inode.Bytes.LosePower(_random) ? 1 : 0;
        foreach (var inode in _inodes.Values.Where(inode => !left.ContainsKey(inode.Number)))
            _freeNumbers.Add(inode.Number);
        _inodes.Clear();
        _removed.Clear();
        foreach (var inode in left.Values.Where(inode => inode != Names.Root))
            _inodes.Add(inode.Number, inode);
        UsedBytes = _inodes.Values.Sum(inode => inode.UsedBytes);
        return new PowerLoss(names, files);
    }

    /// <summary>Done by the world, not by a process: what no process could read can be read again, and nothing is mounted over anything.</summary>
    internal void AllowAll()
    {
        foreach (var inode in _inodes.Values)
            inode.IsMountedOver = false;
        foreach (var inode in _inodes.Values.Where(inode => inode is { Mode: 0, Kind: InodeKind.File or InodeKind.Directory }).OrderBy(inode => inode.Number))
            SetMode(inode, inode.IsDirectory ? 0x1ed : 0x1a4);
    }

    internal void SetMode(Inode inode, int mode)
    {
        inode.Mode = mode;
        inode.ChangedNs = NowNs;
        NameTree.TellParent(inode, WatchEventKind.Attributes);
    }

    internal Inode? Create(InodeKind kind, int mode, int owner, string linkTarget = "")
    {
        if (FreeBytes < Inode.OverheadBytes)
            return null;
        // A removed inode can come back while its removal is not on the platter: until then its number is its own.
        foreach (var removed in _removed.Where(removed => removed.DurableLinks == 0))
            _freeNumbers.Add(removed.Number);
        _removed.RemoveAll(removed => removed.DurableLinks == 0);
        // The lowest free number, as file systems do: a new file may have the number of a deleted one.
        var number = _freeNumbers.Count > 0 ? _freeNumbers.Min : _nextNumber++;
        _freeNumbers.Remove(number);
        var inode = new Inode(number, kind) { Mode = mode, Owner = owner, LinkTarget = linkTarget, ModifiedNs = NowNs, ChangedNs = NowNs };
        _inodes.Add(number, inode);
        UsedBytes += inode.UsedBytes;
        return inode;
    }

    /// <summary>A name or a descriptor of the inode is gone.</summary>
    internal void Release(Inode inode)
    {
        if (inode.Parent is null && inode.OpenDescriptors == 0 && inode != Names.Root)
        {
            _inodes.Remove(inode.Number);
            UsedBytes -= inode.UsedBytes;
            _removed.Add(inode);
        }
    }

    internal void SyncNames(Inode directory) => _journal.Sync(directory);

    internal void SyncAll()
    {
        _journal.SyncAll();
        foreach (var inode in _inodes.Values)
            inode.Bytes.Sync();
    }

    internal void Ended(DiskProcess process)
    {
        _processes.Remove(process);
        foreach (var watch in Watches.Where(watch => watch.Process == process).ToList())
            watch.Dispose();
    }

    internal void Notify(DiskWatch watch)
    {
        if (EventsOnTheWay is { } later)
            later(watch);
        else
            watch.Deliver();
    }

    private static void Restore(Inode directory, Dictionary<ulong, Inode> left)
    {
        directory.Names.Clear();
        foreach (var (name, inode) in directory.DurableNames)
        {
            directory.Names.Add(name, inode);
            inode.AddName(directory, name);
            if (!left.TryAdd(inode.Number, inode))
                continue;
            inode.OpenDescriptors = inode.OpenForWriting = 0;
            inode.LockedBy = null;
            inode.IsMountedOver = false;
            if (inode.IsDirectory)
                Restore(inode, left);
        }
    }
}

internal sealed record DiskSettings
{
    /// <summary>The number that tells this disk from others.</summary>
    public ulong Device { get; init; } = 1;

    public long CapacityBytes { get; init; } = 1L << 40;

    /// <summary>Times are multiples of this: two writes within a tick have the same time.</summary>
    public long TickNs { get; init; } = 4_000_000;

    /// <summary>Descriptors that all processes together may have open.</summary>
    public int OpenFilesMax { get; init; } = 1_024;

    /// <summary>Events that a watch keeps until they are read; the next one is an overflow instead.</summary>
    public int WatchQueueMax { get; init; } = 16_384;

    /// <summary>Directories that all processes together may watch.</summary>
    public int WatchesMax { get; init; } = 65_536;
}

/// <summary>What a loss of power took: changes of names, and files whose bytes are not what was seen last.</summary>
internal readonly record struct PowerLoss(int NameChanges, int Files);
