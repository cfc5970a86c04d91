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
