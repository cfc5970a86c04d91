namespace Actors.Lab.World.Disks;

/// <summary>
/// Names as every process sees them: looks them up, changes them, tells watches and journal. Links are never followed.
/// An operation that fails changes nothing.
/// </summary>
internal sealed class NameTree(Inode root, NameJournal journal, Func<long> nowNs, Action<Inode> released)
{
    private const int OwnerMaySearch = 0x40;
    public const int NameBytesMax = 255;
    public const int PathBytesMax = 4_096;

    public Inode Root => root;

    /// <summary>Counts whenever a directory may have another path than before, or none.</summary>
    public long DirectoryChanges { get; private set; }

    /// <summary>Counts whenever a process without a gate, which no node is, moves or removes a directory.</summary>
    public long UsersMoves { get; private set; }

    /// <param name="path">From the root.</param>
    /// <param name="inode">What is there.</param>
    /// <param name="isCall">False: the caller also sees what no process may.</param>
    public DiskError Find(DiskPath path, out Inode? inode, bool isCall = true)
    {
        var error = FindParent(path, out var parent, out var name, isCall);
        inode = name.Length == 0 ? parent : parent?.Names.GetValueOrDefault(name);
        return error == DiskError.None && inode is null ? DiskError.NoEntry : error;
    }

    /// <summary>The directory of the last name; the name is empty for the root.</summary>
    public DiskError FindParent(DiskPath path, out Inode? parent, out string name, bool isCall = true)
    {
        parent = null;
        name = "";
        if (path.LengthInCall > PathBytesMax)
            return DiskError.NameTooLong;
        var directory = root;
        var names = path.Chars.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var part in names)
        {
            if (part is "." or ".." || part.Contains('\0'))
                return DiskError.Invalid;
        }
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i].Length > NameBytesMax)
                return DiskError.NameTooLong;
            if (isCall && (directory.Mode & OwnerMaySearch) == 0)
                return DiskError.Access;
            if (isCall && directory.IsMountedOver)
                return DiskError.NoEntry;
            if (i == names.Length - 1)
            {
                name = names[i];
                break;
            }
            if (!directory.Names.TryGetValue(names[i], out var next))
                return DiskError.NoEntry;
            if (!next.IsDirectory)
                return DiskError.NotDirectory;
            directory = next;
        }
        parent = directory;
        return DiskError.None;
    }

    public DiskError Add(DiskProcess by, Inode parent, string name, Inode inode)
    {
        if (parent.Names.ContainsKey(name))
            return DiskError.Exists;
        Assign(new NameChange(new NameSlot(parent, name, inode)) { By = by, UsersMoves = UsersMoves });
        Tell(parent, WatchEventKind.Created, name, inode);
        return DiskError.None;
    }

    public DiskError Remove(DiskProcess by, Inode parent, string name, bool directory)
    {
        if (!parent.Names.TryGetValue(name, out var inode))
            return DiskError.NoEntry;
        if (directory && !inode.IsDirectory)
            return DiskError.NotDirectory;
        if (!directory && inode.IsDirectory)
            return DiskError.IsDirectory;
        if (inode.IsMountedOver)
            return DiskError.Busy;
        if (inode.Names.Count > 0)
            return DiskError.NotEmpty;
        Assign(new NameChange(new NameSlot(parent, name, null))
        {
            By = by,
            UsersMoves = UsersMoves,
            RemovedDirectory = directory ? inode : null,
        });
        inode.ChangedNs = nowNs();
        Tell(parent, WatchEventKind.Deleted, name, inode);
        LetGo(inode);
        return DiskError.None;
    }

    public DiskError Rename(DiskProcess by, Inode fromParent, string fromName, Inode toParent, string toName, RenameBehavior behavior)
    {
        if (!fromParent.Names.TryGetValue(fromName, out var moved))
            return DiskError.NoEntry;
        toParent.Names.TryGetValue(toName, out var replaced);
        if (moved.IsMountedOver || replaced is { IsMountedOver: true })
            return DiskError.Busy;
        if (CheckRename(moved, toParent, fromParent, replaced, behavior) is var error and not DiskError.None)
            return error;
        // To its own name: nothing happens, and no watch reports it.
        if (moved == replaced)
            return DiskError.None;
        var exchange = behavior == RenameBehavior.Exchange;
        if (moved.IsOfLowerLayer || (exchange && replaced!.IsOfLowerLayer))
            return DiskError.CrossDevice;
        Assign(new NameChange(new NameSlot(fromParent, fromName, exchange ? replaced : null), new NameSlot(toParent, toName, moved))
        {
            By = by,
            UsersMoves = UsersMoves,
            RemovedDirectory = !exchange && replaced is { IsDirectory: true } ? replaced : null,
            MovesDirectory = moved.IsDirectory || (exchange && replaced!.IsDirectory),
        });
        moved.ChangedNs = nowNs();
        TellMove(fromParent, fromName, toParent, toName, moved);
        if (exchange)
        {
            replaced!.ChangedNs = nowNs();
            TellMove(toParent, toName, fromParent, fromName, replaced);
        }
        else if (replaced is not null)
        {
            LetGo(replaced);
        }
        return DiskError.None;
    }

    /// <summary>Something happened to the bytes of an inode: the directory that it lies in now is told.</summary>
    public static void TellParent(Inode inode, WatchEventKind kind)
    {
        if (inode.Parent is { } parent)
            Tell(parent, kind, inode.Name, inode);
    }

    /// <summary>The same of a file that was opened by a path: of its names that one is told of, while it leads there.</summary>
    public void TellParent(Inode inode, DiskPath path, WatchEventKind kind)
    {
        if (inode.HasOtherNames && FindParent(path, out var parent, out var name, isCall: false) == DiskError.None && parent!.Names.GetValueOrDefault(name) == inode)
            Tell(parent, kind, name, inode);
        else
            TellParent(inode, kind);
    }

    private static DiskError CheckRename(Inode moved, Inode toParent, Inode fromParent, Inode? replaced, RenameBehavior behavior)
    {
        if (moved.IsDirectory && toParent.IsWithin(moved))
            return DiskError.Invalid;
        switch (behavior)
        {
            case RenameBehavior.NoReplace:
                return replaced is null ? DiskError.None : DiskError.Exists;
            case RenameBehavior.Exchange when replaced is null:
                return DiskError.NoEntry;
            case RenameBehavior.Exchange:
                return replaced.IsDirectory && fromParent.IsWithin(replaced) ? DiskError.Invalid : DiskError.None;
            case var _ when replaced is null || replaced == moved:
                return DiskError.None;
            case var _ when fromParent.IsWithin(replaced):
                return DiskError.NotEmpty;
            case var _ when replaced.IsDirectory:
                return !moved.IsDirectory ? DiskError.IsDirectory : replaced.Names.Count > 0 ? DiskError.NotEmpty : DiskError.None;
            default:
                return moved.IsDirectory ? DiskError.NotDirectory : DiskError.None;
        }
    }

    private void Assign(NameChange change)
    {
        // All slots are emptied first: an exchange would otherwise forget where its first inode went.
        foreach (var slot in change.Slots)
        {
            if (slot.Directory.Names.Remove(slot.Name, out var before))
                before.RemoveName(slot.Directory, slot.Name);
        }
        foreach (var slot in change.Slots)
        {
            slot.Directory.ModifiedNs = slot.Directory.ChangedNs = nowNs();
            if (slot.Target is not { } target)
                continue;
            slot.Directory.Names[slot.Name] = target;
            target.AddName(slot.Directory, slot.Name);
        }
        if (change.MovesDirectory || change.RemovedDirectory is not null)
        {
            DirectoryChanges++;
            UsersMoves += change.By.HasGate ? 0 : 1;
        }
        journal.Add(change);
    }

    private void LetGo(Inode inode)
    {
        foreach (var watch in inode.Watches.ToList())
            watch.End(inode);
        released(inode);
    }

    private static void Tell(Inode directory, WatchEventKind kind, string name, Inode about)
    {
        foreach (var watch in directory.Watches)
            watch.Add(directory, kind, name, about.IsDirectory);
    }

    private static void TellMove(Inode fromParent, string fromName, Inode toParent, string toName, Inode moved)
    {
        Tell(fromParent, WatchEventKind.MovedFrom, fromName, moved);
        Tell(toParent, WatchEventKind.MovedTo, toName, moved);
        foreach (var watch in moved.Watches)
            watch.Add(moved, WatchEventKind.SelfMoved, "", moved.IsDirectory);
    }
}
