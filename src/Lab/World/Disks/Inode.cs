namespace Actors.Lab.World.Disks;

/// <summary>A file, directory or link. It lives as long as a name leads to it (several may, to a file) or a descriptor has it open.</summary>
internal sealed class Inode(ulong number, InodeKind kind)
{
    /// <summary>What an inode takes from the disk, besides its bytes.</summary>
    public const int OverheadBytes = 256;

    public ulong Number { get; } = number;
    public InodeKind Kind { get; } = kind;
    public FileBytes Bytes { get; } = new();
    public string LinkTarget { get; init; } = "";

    /// <summary>Of a directory: names, whose chars are bytes, as every process sees them.</summary>
    public SortedDictionary<string, Inode> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Of a directory: names as they are on the platter.</summary>
    public SortedDictionary<string, Inode> DurableNames { get; } = new(StringComparer.Ordinal);

    /// <summary>Where the newest name that leads here is; null: nowhere (unlinked, or the root).</summary>
    public Inode? Parent { get; private set; }

    /// <summary>The name there.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Of a file with several names: the older ones. Null: it never had more than one.</summary>
    public List<(Inode Directory, string Name)>? OtherNames { get; private set; }

    /// <summary>Names on the platter that lead here, and changes on their way there that would make one.</summary>
    public int DurableLinks { get; set; }

    public List<DiskWatch> Watches { get; } = [];

    public long ModifiedNs { get; set; }
    public long ChangedNs { get; set; }
    public int Mode { get; set; }
    public int Owner { get; init; }

    /// <summary>Another file system, an empty one, is mounted over the directory: no call gets to what is in it.</summary>
    public bool IsMountedOver { get; set; }

    /// <summary>A directory of the lower layer of an overlay: it can be removed, and not renamed.</summary>
    public bool IsOfLowerLayer { get; set; }

    public int OpenDescriptors { get; set; }
    public int OpenForWriting { get; set; }
    public Descriptor? LockedBy { get; set; }

    public bool IsFile => Kind == InodeKind.File;
    public bool IsDirectory => Kind == InodeKind.Directory;
    public long UsedBytes => OverheadBytes + Bytes.Length;

    public bool HasOtherNames => OtherNames is { Count: > 0 };

    public void AddName(Inode directory, string name)
    {
        if (Parent is not null)
            (OtherNames ??= []).Add((Parent, Name));
        (Parent, Name) = (directory, name);
    }

    public void RemoveName(Inode directory, string name)
    {
        if (Parent != directory || Name != name)
            OtherNames!.Remove((directory, name));
        else if (!HasOtherNames)
            Parent = null;
        else
        {
            (Parent, Name) = OtherNames![^1];
            OtherNames.RemoveAt(OtherNames.Count - 1);
        }
    }

    /// <summary>No name leads here.</summary>
    public void ClearNames()
    {
        Parent = null;
        OtherNames = null;
    }

    /// <summary>Whether this is the directory, or below it.</summary>
    public bool IsWithin(Inode directory)
    {
        for (var inode = this; inode is not null; inode = inode.Parent)
        {
            if (inode == directory)
                return true;
        }
        return false;
    }
}
