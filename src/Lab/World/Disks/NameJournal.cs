namespace Actors.Lab.World.Disks;

/// <summary>Changes of names that are not on the platter yet. Any of them may get there, as long as what it needs does too.</summary>
internal sealed class NameJournal
{
    private List<NameChange> _pending = [];

    public int Count => _pending.Count;

    public IEnumerable<NameChange> Pending => _pending;

    public void Add(NameChange change)
    {
        _pending.Add(change);
        CountLinks(change, +1);
    }

    /// <summary>All of them are on the platter.</summary>
    public void SyncAll() => Keep((_, _) => true);

    /// <summary>Those that name something in the directory are, and what they need.</summary>
    public void Sync(Inode directory)
    {
        var wanted = new bool[_pending.Count];
        for (var i = _pending.Count - 1; i >= 0; i--)
        {
            wanted[i] = wanted[i] || _pending[i].Names(directory);
            for (var j = 0; wanted[i] && j < i; j++)
                wanted[j] = wanted[j] || _pending[i].Needs(_pending[j]);
        }
        Keep((_, i) => wanted[i]);
    }

    /// <summary>Power is lost: any set that needs nothing outside of it is on the platter; the rest never was.</summary>
    /// <returns>How many were lost.</returns>
    public int LosePower(SeededRandomSource random)
    {
        // From "nothing got there" to "nearly all did": each is as likely as the other.
        var outOfFour = random.Next(5);
        var lost = new List<NameChange>();
        Keep((change, _) =>
        {
            var kept = random.Next(4) < outOfFour && !lost.Exists(change.Needs);
            if (!kept)
                lost.Add(change);
            return kept;
        });
        _pending.ForEach(change => CountLinks(change, -1));
        _pending.Clear();
        return lost.Count;
    }

    private void Keep(Func<NameChange, int, bool> isDurable)
    {
        var rest = new List<NameChange>();
        for (var i = 0; i < _pending.Count; i++)
        {
            if (isDurable(_pending[i], i))
                Write(_pending[i]);
            else
                rest.Add(_pending[i]);
        }
        _pending = rest;
    }

    private static void Write(NameChange change)
    {
        foreach (var slot in change.Slots)
        {
            if (slot.Directory.DurableNames.Remove(slot.Name, out var before))
                before.DurableLinks--;
        }
        foreach (var slot in change.Slots)
        {
            if (slot.Target is null)
                continue;
            slot.Directory.DurableNames[slot.Name] = slot.Target;
            slot.Target.DurableLinks++;
        }
        CountLinks(change, -1);
    }

    private static void CountLinks(NameChange change, int by)
    {
        foreach (var slot in change.Slots)
        {
            if (slot.Target is not null)
                slot.Target.DurableLinks += by;
        }
    }
}

/// <summary>
/// A change of names that is on the platter whole or not at all: each slot (a name in a directory) leads to another
/// inode afterwards, or to none.
/// </summary>
internal sealed record NameChange(params NameSlot[] Slots)
{
    /// <summary>A directory that this change removes: whatever was moved out of it before must not be lost with it.</summary>
    public Inode? RemovedDirectory { get; init; }

    /// <summary>A directory changed its place: out of order, two such changes could make a cycle.</summary>
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

/// <summary>A name in a directory, and where it leads.</summary>
internal readonly record struct NameSlot(Inode Directory, string Name, Inode? Target);
