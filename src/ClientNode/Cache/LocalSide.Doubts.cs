using Actors.Client.FileSystem;
using Actors.Client.Planning;
using Actors.Messages.Changes;
using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.Cache;

/// <summary>What is not believed at its first sight, or may change without a notice, and when it is looked at again.</summary>
internal sealed partial class LocalSide
{
    private readonly AbsenceWatch _absences = new(options.DeletionQuiet, options.DeletionLongest);
    private readonly NewNames _newNames = new(options.NewNameQuiet);

    // Read although they may still be written.
    private readonly OpenFiles _open = new();

    // Read within a moment of their last change, and not asked to be read again yet.
    private readonly HashSet<RelativePath> _untrusted = [];

    /// <summary>What was found, once: how many of these files the registry does not have.</summary>
    public int TakeFound()
    {
        var found = trees.Where(record => record.IsFound).ToList();
        foreach (var path in found)
            trees[path] = trees[path] with { IsFound = false };
        return found.Count(path => IsFileHere(path) && trees.Remote(path) is null or { State.IsAbsent: true });
    }

    /// <summary>Paths that are gone, and for long enough to be believed to be, if a look at the disk confirms it.</summary>
    public IReadOnlyList<RelativePath> AbsencesDue() => _absences.IsDue(clock.MonotonicNanoseconds()) ? _absences.Paths() : [];

    /// <summary>When <see cref="AbsencesDue"/> has some, on the monotonic clock in nanoseconds; null: nothing is gone.</summary>
    public long? AbsenceDueNs => _absences.DueNs;

    /// <summary>These were looked at again, and are gone.</summary>
    public void BelieveAbsences(IReadOnlyList<RelativePath> gone)
    {
        foreach (var path in gone)
        {
            if (!_absences.Remove(path))
                continue;
            if (trees.Synced(path) is not null)
                story.Edited($"{path} (deleted)");
            Remember(path, null);
            SetLocal(path, EntryState.Absent);
        }
    }

    /// <summary>When a new name has waited long enough, on the monotonic clock in nanoseconds; null: none waits.</summary>
    public long? NewNameDueNs => _newNames.NextDueNs;

    /// <summary>New names that have waited long enough: each is to be believed if a look at the disk finds it.</summary>
    public IReadOnlyList<RelativePath> TakeNewNamesDue() => _newNames.TakeDue(clock.MonotonicNanoseconds());

    /// <summary>These were looked at again, and are there.</summary>
    public void BelieveNewNames(IReadOnlyList<RelativePath> there)
    {
        foreach (var path in there)
        {
            Believe(path);
            agenda.Mark(path);
        }
    }

    /// <summary>These were looked at again, and are not there: an observation says what is.</summary>
    public void DoubtNewNames(IReadOnlyList<RelativePath> gone)
    {
        foreach (var path in gone)
        {
            if (trees.Local(path) != LocalState.Absent)
                _newNames.Wait(path, clock.MonotonicNanoseconds());
        }
    }

    /// <summary>A new name waits until it is known to stay. People wait for known names, which wait for nothing.</summary>
    public bool HasToWait(PathChange change)
    {
        if (change.To.IsAbsent)
            return false;
        if (_newNames.IsWaitingAbove(change.Path))
            return _newNames.Wait(change.Path, clock.MonotonicNanoseconds());
        if (!IsNewName(change.Path))
            return false;
        if (_newNames.Wait(change.Path, clock.MonotonicNanoseconds()))
            return true;
        Believe(change.Path);
        return false;
    }

    /// <summary>It is agreed on that it lives: its name is not new any more.</summary>
    public void NoteAgreed(RelativePath path) => _newNames.Forget(path);

    /// <summary>Nothing counts as agreed on.</summary>
    public void ForgetAgreement()
    {
        // Known for long, and no news to tell.
        foreach (var path in trees.Below(RelativePath.Root).Where(path => trees.Synced(path) is not null))
            _newNames.Believe(path);
        // A deletion of what was never agreed on is none.
        foreach (var path in _absences.Paths())
        {
            _absences.Remove(path);
            SetLocal(path, LocalState.Absent);
        }
        Order.Clear();
    }

    /// <summary>Held paths that are to be looked at now: what keeps one may be mended without a word.</summary>
    public IReadOnlyList<RelativePath> TakeHeldDue() => Held.Count > 0 ? Held.TakeDue(clock.MonotonicNanoseconds()) : [];

    /// <summary>
    /// Files that were read too soon after their last change for their signature to be trusted, and can be read to that end
    /// now. To look at the signature is not enough: what was written in the same tick of the clock has it too, and the
    /// notice of it may be lost.
    /// </summary>
    public IReadOnlyList<RelativePath> TakeUntrusted(int most)
    {
        if (_untrusted.Count == 0)
            return [];
        var due = _untrusted.Where(path => IsOld(_seen[path].Signature)).Take(most).ToList();
        _untrusted.ExceptWith(due);
        return due;
    }

    /// <summary>Files that were read although they may still be written, and are to be read again now.</summary>
    public IReadOnlyList<(RelativePath Path, bool IsOpen)> TakeOpenDue() => _open.TakeDue(clock.MonotonicNanoseconds());

    /// <summary>All of these: a scan leaves them to their turns.</summary>
    public IReadOnlyList<(RelativePath Path, bool IsOpen)> AllOpen => _open.All;

    /// <summary>The next files in turn, to be compared with the disk: each is in one of so many answers, if they are not very many.</summary>
    public IReadOnlyList<(RelativePath Path, FileSignature Signature)> TakeTurn(int answers) => _seen.TakeTurn(answers);

    private void Believe(RelativePath path)
    {
        _newNames.Believe(path);
        if (IsFileHere(path) && !trees[path].IsFound)
            story.Edited(path.ToString());
    }

    private bool IsFileHere(RelativePath path) => trees.Local(path) is { IsSettled: true, State.IsFile: true };

    private bool IsNewName(RelativePath path) =>
        trees.Synced(path) is null && trees.Remote(path) is null or { State.IsAbsent: true } && !_newNames.IsBelieved(path);

    private bool IsOld(FileSignature signature) => signature.IsSettledAt(UnixNs(clock.GetUtcNow()));
}
