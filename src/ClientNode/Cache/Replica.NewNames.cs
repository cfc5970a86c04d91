using Actors.Client.Planning;
using Actors.Messages.Changes;
using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.Cache;

/// <summary>Names that are not agreed on yet.</summary>
public sealed partial class Replica
{
    /// <summary>When a new name has waited long enough, on the monotonic clock in nanoseconds; null: none waits.</summary>
    public long? NewNameDueNs => _newNames.NextDueNs;

    /// <summary>New names that have waited long enough: each is to be believed if a look at the disk finds it.</summary>
    public IReadOnlyList<RelativePath> TakeNewNamesDue() => _newNames.TakeDue(_clock.MonotonicNanoseconds());

    /// <summary>These were looked at again, and are there.</summary>
    public void BelieveNewNames(IReadOnlyList<RelativePath> there)
    {
        foreach (var path in there)
        {
            _newNames.Believe(path);
            _agenda.Mark(path);
            if (IsFileHere(path) && !_trees[path].IsFound)
                _story.Edited(path.ToString());
        }
    }

    /// <summary>These were looked at again, and are not there: an observation says what is.</summary>
    public void DoubtNewNames(IReadOnlyList<RelativePath> gone)
    {
        foreach (var path in gone)
        {
            if (_trees.Local(path) != LocalState.Absent)
                _newNames.Wait(path, _clock.MonotonicNanoseconds());
        }
    }

    private bool IsFileHere(RelativePath path) => _trees.Local(path) is { IsSettled: true, State.IsFile: true };

    private bool IsNewName(RelativePath path) =>
        _trees.Synced(path) is null && _trees.Remote(path) is null or { State.IsAbsent: true } && !_newNames.IsBelieved(path);

    /// <summary>Of a name that is new it is waited whether it stays; known names are what people wait for, and wait for nothing.</summary>
    private bool HasToWait(PathChange change)
    {
        if (change.To.IsAbsent)
            return false;
        if (_newNames.IsWaitingAbove(change.Path))
            return _newNames.Wait(change.Path, _clock.MonotonicNanoseconds());
        if (!IsNewName(change.Path))
            return false;
        if (_newNames.Wait(change.Path, _clock.MonotonicNanoseconds()))
            return true;
        _newNames.Believe(change.Path);
        if (IsFileHere(change.Path) && !_trees[change.Path].IsFound)
            _story.Edited(change.Path.ToString());
        return false;
    }
}
