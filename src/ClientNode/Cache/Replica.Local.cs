using Actors.Client.FileSystem;
using Actors.Client.Planning;
using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.Cache;

/// <summary>What is on disk.</summary>
public sealed partial class Replica
{
    // Read within a moment of their last change, and not asked to be read again yet.
    private readonly HashSet<RelativePath> _untrusted = [];

    // Read although they may still be written.
    private readonly OpenFiles _open = new();

    /// <summary>Everything that is held.</summary>
    public IReadOnlyList<RelativePath> AllHeld => [.. _held.Reasons.Keys];

    /// <summary>Held paths that are to be looked at now: what keeps one may be mended without a word.</summary>
    public IReadOnlyList<RelativePath> TakeHeldDue() => _held.Count > 0 ? _held.TakeDue(_clock.MonotonicNanoseconds()) : [];

    /// <summary>The first scan is over: what was not seen is not there.</summary>
    public bool IsScanned => _isScanned;

    /// <summary>Whether a path lives in the synced tree.</summary>
    public bool IsSynced(RelativePath path) => _trees.Synced(path) is not null;

    /// <summary>Whether a path lives in the synced tree, or may do so any moment: its push has no outcome yet.</summary>
    public bool IsSyncedOrInFlight(RelativePath path) => IsSynced(path) || _trees.IsInFlight(path);

    /// <summary>What lives in the synced tree, each directory before what is in it.</summary>
    public IEnumerable<RelativePath> SyncedPaths => _trees.Below(RelativePath.Root).Where(IsSynced);

    /// <summary>Whether something of the registry's may be put on the disk by the next plan.</summary>
    public bool MayApply => !IsStopped && _isScanned && _trees.Behind.Count > 0 && (!_agenda.IsEmpty || _kept.Count > 0);

    /// <summary>Live files of the synced tree that the registry has not deleted: should they be gone here, they are deleted for all.</summary>
    public IEnumerable<RelativePath> FilesAtStake => _trees.Below(RelativePath.Root).Where(path =>
        _trees.Synced(path) is { State.IsFile: true } && _trees.Remote(path) is not { State.IsAbsent: true });

    /// <summary>Paths that are gone, and for long enough to be believed to be, if a look at the disk confirms it.</summary>
    public IReadOnlyList<RelativePath> AbsencesDue() => _absences.IsDue(_clock.MonotonicNanoseconds()) ? _absences.Paths() : [];

    /// <summary>When <see cref="AbsencesDue"/> has some, on the monotonic clock in nanoseconds; null: nothing is gone.</summary>
    public long? AbsenceDueNs => _absences.DueNs;

    /// <summary>Takes what was seen, and is still so. Returns paths whose content has to be read to know them: other names of the same file too.</summary>
    public IReadOnlyList<RelativePath> Observe(Observation observation)
    {
        if (observation is not (Observation.Noticed or Observation.Folder))
            _order.See(observation.Path, isBeingWritten: observation is Observation.Busy);
        switch (observation)
        {
            case Observation.Noticed noticed:
                Notice(noticed);
                break;
            case Observation.OrderLost:
                _order.Clear();
                break;
            case Observation.Absent absent:
                ObserveAbsence(absent.Path);
                break;
            case Observation.Folder folder:
                SeeFolder(folder.Path);
                break;
            case Observation.Content content:
                ObserveContent(content);
                ForgetIfSettled(content.Path);
                return _seen.ChangedWith(content.Path, content.File.Signature);
            case Observation.Busy busy:
                Present(busy.Path);
                NothingBelow(busy.Path);
                _trees[busy.Path] = _trees[busy.Path] with { IsBusy = true };
                SetLocal(busy.Path, LocalState.Unsettled);
                break;
            case Observation.Unfit unfit:
                Present(unfit.Path);
                HoldBelow(unfit.Path);
                Hold(unfit.Path, unfit.Reason);
                if (unfit.IsForeign)
                    _order.Forget(unfit.Path);
                break;
            case Observation.Listing listing:
                return ObserveListing(listing);
        }
        if (observation is not Observation.Noticed)
            ForgetIfSettled(observation.Path);
        return [];
    }

    /// <summary>Every directory was listed, and everything in them read, since the scan began.</summary>
    public void FinishScan()
    {
        if (_isScanned)
            return;
        _isScanned = true;
        _order.Clear();
        // What the store knew and no listing named was reported as absent; what is left cannot be told apart from that.
        foreach (var path in _trees.Below(RelativePath.Root).ToList())
        {
            if (_trees[path] is { IsUnsettled: true, IsBusy: false } && !_absences.Contains(path))
                Gone(path);
        }
        NoteFound();
        _agenda.Mark(RelativePath.Root);
        PullIfNeeded();
    }

    /// <summary>These were looked at again, and are gone.</summary>
    public void BelieveAbsences(IReadOnlyList<RelativePath> gone)
    {
        foreach (var path in gone)
        {
            if (!_absences.Remove(path))
                continue;
            if (_trees.Synced(path) is not null)
                _story.Edited($"{path} (deleted)");
            Remember(path, null);
            SetLocal(path, EntryState.Absent);
        }
    }

    private void ObserveAbsence(RelativePath path)
    {
        NothingBelow(path);
        Gone(path);
    }

    /// <summary>
    /// What is gone with its directory takes its place in the order: another directory may have the name a moment later. What
    /// was seen to go before, or could not be looked at after its own last notice, keeps its own place.
    /// </summary>
    private void TakePlaceOf(RelativePath directory, RelativePath path)
    {
        if (_order.Contains(path) && (_absences.Contains(path) || _trees.Local(path) == LocalState.Held))
            return;
        _order.NoticeIn(directory, path);
        _order.See(path);
    }

    private void Gone(RelativePath path)
    {
        _held.Remove(path);
        _trees[path] = _trees[path] with { IsBusy = false, IsEcho = false, IsFound = false, AreWritersUnknown = false };
        _open.Forget(path);
        _newNames.Forget(path);
        if (_trees.Local(path) == LocalState.Absent)
            return;
        // Only what was agreed on, or is about to be, can be deleted for others; anything else is gone at once.
        if (_trees.Synced(path) is null && !_trees.IsInFlight(path))
        {
            _absences.Remove(path);
            Remember(path, null);
            SetLocal(path, EntryState.Absent);
            return;
        }
        _absences.Add(path, _clock.MonotonicNanoseconds());
        SetLocal(path, LocalState.Unsettled);
    }

    private void ObserveContent(Observation.Content content)
    {
        var path = content.Path;
        var before = _trees[path];
        var isKnown = _seen.TryGetValue(path, out var seen) && seen with { IsSettled = content.File.IsSettled } == content.File;
        // After a loss of power only the signature is looked at: the bytes that others have, or are about to have, are to last as
        // long. Under a signature that is too young to be trusted the same bytes may have been written once more.
        if ((!isKnown || !seen.IsSettled) && (before.IsInFlight || IsSynced(path, content.File)))
            Output.Adopt(path);
        NoteOpen(content, isNews: !isKnown, wasSettled: isKnown && seen.IsSettled);
        Present(path);
        NothingBelow(path);
        Remember(path, content.File, mayBeWritten: _open.Contains(path));
        var state = EntryState.File(content.File.Content);
        SetLocal(path, new LocalState(state) { SnapshotOfOpenFile = content.IsStillOpen });
        _trees[path] = _trees[path] with { IsEcho = false };
        if (before.IsEcho && before.Local.State == state)
            return;
        if (state != (_trees.Synced(path)?.State ?? EntryState.Absent))
        {
            // Seen again before it was pushed: told already. A new name is told when it is believed.
            if (before.Local.State != state && !IsNewName(path))
                _story.Edited(path.ToString());
        }
        // Touched, and the same bytes. Of a second look at what is known already there is nothing to tell.
        else if (_isScanned && !isKnown)
            _story.Say(StoryLines.NoModifications);
    }

    private void NoteOpen(Observation.Content content, bool isNews, bool wasSettled)
    {
        var path = content.Path;
        _trees[path] = _trees[path] with { AreWritersUnknown = content.AreWritersUnknown };
        // What has been as it is for long when it is first seen is hardly being written. What an earlier start has seen, and not
        // for long enough, may be.
        var isLeftAlone = wasSettled || (isNews && content.File.Signature.IsUnchangedFor(OpenFiles.Patience, UnixNs(_clock.GetUtcNow())));
        var mayBeOpen = content.AreWritersUnknown && (!isLeftAlone || _open.Contains(path));
        if (content.IsStillOpen || mayBeOpen)
            _open.Note(path, content.File.Content.Size, isNews, isLasting: content.IsStillOpen, _clock.MonotonicNanoseconds());
        else
            _open.Forget(path);
    }

    private List<RelativePath> ObserveListing(Observation.Listing listing)
    {
        if (!listing.Path.IsRoot)
            SeeFolder(listing.Path);
        var unread = new List<RelativePath>();
        var listed = new HashSet<RelativePath>(listing.Items.Count);
        foreach (var item in listing.Items)
        {
            listed.Add(item.Path);
            var isNewFolder = item.Stat.IsDirectory && !_trees.Local(item.Path).State.IsFolder;
            var isUnread = ObserveItem(item);
            if (isUnread)
                unread.Add(item.Path);
            // What is in a new directory is listed by itself.
            if (isUnread || isNewFolder)
                _order.NoticeIn(listing.Path, item.Path);
        }
        foreach (var path in LocalBelow(listing.Path))
        {
            // Further below, the listing of its own directory tells; if there is no such directory, this one does.
            if (listed.Contains(path)
                || (path.Parent != listing.Path && (_trees.Local(path.Parent) != LocalState.Absent || path.Ancestors.Any(listed.Contains))))
                continue;
            TakePlaceOf(listing.Path, path);
            ObserveAbsence(path);
        }
        return unread;
    }

    /// <summary>True where the content has to be read.</summary>
    private bool ObserveItem(in ListedItem item)
    {
        if (item.IsLookedAtApart)
        {
            SeeListed(item.Path);
            return false;
        }
        if (item.Stat.IsDirectory)
        {
            SeeFolder(item.Path);
            return false;
        }
        if (!item.Stat.IsRegular || !_seen.TryGetValue(item.Path, out var seen) || seen.Signature != item.Stat.Signature
            || (!seen.IsSettled && !_open.Contains(item.Path)) || _trees[item.Path].IsBusy)
        {
            SeeListed(item.Path);
            return true;
        }
        Present(item.Path);
        NothingBelow(item.Path);
        SetLocal(item.Path, new LocalState(EntryState.File(seen.Content))
        {
            SnapshotOfOpenFile = _trees.Local(item.Path).SnapshotOfOpenFile,
        });
        return false;
    }

    /// <summary>What is listed is there, from now on and for every decision; what it is shows when it is read.</summary>
    private void SeeListed(RelativePath path)
    {
        _absences.Remove(path);
        if (_trees.Local(path) == LocalState.Absent)
            SetLocal(path, LocalState.Unsettled);
    }

    /// <summary>A directory that was none a moment ago may have come back with all that was in it: of that nothing is gone before it is listed.</summary>
    private void SeeFolder(RelativePath path)
    {
        Present(path);
        Remember(path, null);
        if (_trees.Local(path) is { IsSettled: true, State.IsFolder: true })
            return;
        foreach (var below in _trees.Below(path).Where(below => _trees.Local(below) == LocalState.Absent && IsSyncedOrInFlight(below)).ToList())
            SetLocal(below, LocalState.Unsettled);
        SetLocal(path, EntryState.Folder);
    }

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
    public IReadOnlyList<(RelativePath Path, bool IsOpen)> TakeOpenDue() => _open.TakeDue(_clock.MonotonicNanoseconds());

    /// <summary>All of these: a scan leaves them to their turns.</summary>
    public IReadOnlyList<(RelativePath Path, bool IsOpen)> AllOpen => _open.All;

    /// <summary>The next files in turn, to be compared with the disk: each is in one of so many answers, if they are not very many.</summary>
    public IReadOnlyList<(RelativePath Path, FileSignature Signature)> TakeTurn(int answers) => _seen.TakeTurn(answers);

    /// <summary>The first scan is over: these are shared, not edited.</summary>
    private void NoteFound()
    {
        foreach (var path in _trees.Below(RelativePath.Root).Where(path => IsFileHere(path) && IsNewName(path)))
            _trees[path] = _trees[path] with { IsFound = true };
    }

    /// <summary>What was found, once: how many of these files the registry does not have.</summary>
    private int TakeFound()
    {
        var found = _trees.Where(record => record.IsFound).ToList();
        foreach (var path in found)
            _trees[path] = _trees[path] with { IsFound = false };
        return found.Count(path => IsFileHere(path) && _trees.Remote(path) is null or { State.IsAbsent: true });
    }

    private bool IsOld(FileSignature signature) => signature.IsSettledAt(UnixNs(_clock.GetUtcNow()));

    private static long UnixNs(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    private void Hold(RelativePath path, string reason)
    {
        _story.Held(path, reason);
        _held.Add(path, reason, _clock.MonotonicNanoseconds());
        _open.Forget(path);
        Remember(path, null);
        SetLocal(path, LocalState.Held);
    }

    private void Present(RelativePath path)
    {
        _absences.Remove(path);
        _held.Remove(path);
        _trees[path] = _trees[path] with { IsBusy = false };
    }

    /// <summary>
    /// What is absent, or a file, has nothing below it. That is true of a file that was known before, too: its directory may
    /// have been hidden by a mount, and have come back.
    /// </summary>
    private void NothingBelow(RelativePath path)
    {
        foreach (var below in LocalBelow(path))
        {
            TakePlaceOf(path, below);
            Gone(below);
        }
    }

    /// <summary>Something that is not synced hides what was below it, and cannot be asked whether it is still so.</summary>
    private void HoldBelow(RelativePath path)
    {
        foreach (var below in LocalBelow(path))
        {
            Present(below);
            _newNames.Forget(below);
            SetLocal(below, LocalState.Held);
        }
    }

    private List<RelativePath> LocalBelow(RelativePath path) =>
        [.. _trees.Below(path).Where(below => _trees.Local(below) != LocalState.Absent)];
}
