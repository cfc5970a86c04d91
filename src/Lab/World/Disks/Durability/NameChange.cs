namespace Actors.Lab.World.Disks;

/// <summary>
/// A change of names that is on the platter whole or not at all: each slot (a name in a directory) leads to another
/// inode afterwards, or to none.
/// </summary>
internal sealed record NameChange(params NameSlot[] Slots)
{
    /// <summary>A directory that this change removes: whatever was moved out of it before must not be lost with it.</summary>
    public Inode? RemovedDirectory { get; init; }

    /// <summary>A directory changed its place: out of order, two such changes could tie a knot.</summary>
    public bool MovesDirectory { get; init; }

    /// <summary>Whose change it is.</summary>
    public required DiskProcess By { get; init; }

    /// <summary>How many directories users had moved or removed until then: see <see cref="NameTree.UsersMoves"/>.</summary>
    public required long UsersMoves { get; init; }

    public bool Names(Inode directory)
    {
        foreach (var slot in Slots)
        {
            if (slot.Directory == directory)
                return true;
        }
        return false;
    }

    /// <summary>Whether this change on the platter without the earlier one would be a state that never was.</summary>
    public bool Needs(NameChange earlier)
    {
        if (MovesDirectory && earlier.MovesDirectory)
            return true;
        foreach (var theirs in earlier.Slots)
        {
            if (theirs.Directory == RemovedDirectory)
                return true;
            foreach (var mine in Slots)
            {
                if (mine.Directory == theirs.Directory && mine.Name == theirs.Name)
                    return true;
            }
        }
        return false;
    }
}
