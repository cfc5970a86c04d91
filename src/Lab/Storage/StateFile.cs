using Actors.Lab.World.Disks;

namespace Actors.Lab.Storage;

/// <summary>The newest state that a file on a simulated disk names. One process at a time has it open.</summary>
internal sealed class StateFile<TState> : IDisposable
    where TState : class
{
    private readonly StateTable _table;
    private readonly TokenJournal _journal;

    private StateFile(StateTable table, TokenJournal journal, TState current)
    {
        _table = table;
        _journal = journal;
        Current = current;
    }

    public TState Current { get; private set; }

    /// <summary>The number of the file, wherever it lies.</summary>
    public ulong Inode => _journal.Inode;

    /// <summary>Opens a file, and makes it where there is none.</summary>
    /// <param name="process">Whose calls these are.</param>
    /// <param name="path">In a directory that exists.</param>
    /// <param name="table">The world's.</param>
    /// <param name="empty">The state of a new file.</param>
    /// <exception cref="DiskException">As the journal; invalid also where the state is of another kind.</exception>
    public static StateFile<TState> Open(DiskProcess process, DiskPath path, StateTable table, TState empty)
    {
        var journal = TokenJournal.Open(process, path);
        var current = journal.Token == 0 ? empty : table.Find<TState>(journal.Token);
        if (current is not null)
            return new StateFile<TState>(table, journal, current);
        journal.Dispose();
        throw new DiskException(DiskError.Invalid, "open", path.ToString());
    }

    /// <summary>Returns when the state is on disk.</summary>
    /// <param name="next">What the state is from then on.</param>
    /// <param name="bytes">What the change takes on disk.</param>
    /// <exception cref="DiskException">The state in memory is the former one; the disk may hold either.</exception>
    public void Commit(TState next, int bytes)
    {
        _journal.Append(_table.Add(next), bytes);
        Current = next;
    }

    public void Dispose() => _journal.Dispose();
}

/// <summary>
/// States by token, for all disks of a world. A state is immutable and never goes, so that a file which names it by its
/// token can be copied, cut, or put back, and means the same as ever.
/// </summary>
internal sealed class StateTable
{
    private readonly List<object> _states = [];

    /// <summary>Returns the state's token, which is never 0.</summary>
    public ulong Add(object state)
    {
        _states.Add(state);
        return (ulong)_states.Count;
    }

    /// <summary>Null where no state of that kind has the token.</summary>
    public TState? Find<TState>(ulong token)
        where TState : class =>
        token - 1 < (ulong)_states.Count ? _states[(int)token - 1] as TState : null;
}
