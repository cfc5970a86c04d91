using Actors.Client.Planning;
using Actors.Client.Storage;
using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.Cache;

/// <summary>What is here: on this disk, as far as it was seen and is believed.</summary>
internal sealed partial class LocalSide(
    ReplicaTrees trees, Agenda agenda, ReplicaOutput output, ReplicaStory story, ReplicaOptions options, TimeProvider clock)
{
    private readonly SeenFiles _seen = new();

    /// <summary>The changes that were completed here, in their order.</summary>
    public OrderBook Order { get; } = new(options.OrderPatience);

    /// <summary>What cannot be synced just now.</summary>
    public HeldPaths Held { get; } = new(options.HeldRetry, options.HeldRetryMax);

    /// <summary>The first scan is over: what was not seen is not there.</summary>
    public bool IsScanned { get; private set; }

    /// <summary>All that is here is known and believed.</summary>
    public bool IsSettled => IsScanned && _absences.Count == 0 && _newNames.Count == 0 && trees.UnsettledCount == 0;

    /// <summary>Takes what was seen. Returns paths whose content has to be read to know them.</summary>
    public IReadOnlyList<RelativePath> Observe(Observation observation)
    {
        if (observation is not (Observation.Noticed or Observation.Folder))
            Order.See(observation.Path, isBeingWritten: observation is Observation.Busy);
        switch (observation)
        {
            case Observation.Noticed noticed:
                Notice(noticed);
                break;
            case Observation.OrderLost:
                Order.Clear();
                break;
            case Observation.Absent absent:
                ObserveAbsence(absent.Path);
                break;
            case Observation.Folder folder:
                SeeFolder(folder.Path);
                break;
            case Observation.Content content:
                ObserveContent(content);
                return _seen.ChangedWith(content.Path, content.File.Signature);
            case Observation.Busy busy:
                Present(busy.Path);
                NothingBelow(busy.Path);
                trees[busy.Path] = trees[busy.Path] with { IsBusy = true };
                Doubt(busy.Path);
                break;
            case Observation.Unfit unfit:
                Present(unfit.Path);
                HoldBelow(unfit.Path);
                Hold(unfit.Path, unfit.Reason);
                if (unfit.IsForeign)
                    Order.Forget(unfit.Path);
                break;
            case Observation.Listing listing:
                return ObserveListing(listing);
        }
        return [];
    }

    /// <summary>Every directory was listed, and everything in them read, since the scan began.</summary>
    public void FinishScan()
    {
        IsScanned = true;
        Order.Clear();
        // What the store knew and no listing named was reported as absent; what is left cannot be told apart from that.
        foreach (var path in trees.Below(RelativePath.Root).ToList())
        {
            if (trees[path] is { IsUnsettled: true, IsBusy: false } && !_absences.Contains(path))
                Gone(path);
        }
        foreach (var path in trees.Below(RelativePath.Root).Where(path => IsFileHere(path) && IsNewName(path)))
            trees[path] = trees[path] with { IsFound = true };
        agenda.Mark(RelativePath.Root);
    }

    /// <summary>What is listed is there, from now on and for every decision; what it is shows when it is read.</summary>
    public void SeeListed(RelativePath path)
    {
        _absences.Remove(path);
        if (trees.Local(path) == LocalState.Absent)
            Doubt(path);
    }

    /// <summary>The disk was made what the entry says.</summary>
    public void TakeApplied(TreeEntry entry, SeenFile? seen)
    {
        var path = entry.Path;
        Present(path);
        Remember(path, seen);
        if (entry.State.IsFile)
            trees[path] = trees[path] with { IsEcho = true };
        SetLocal(path, new LocalState(entry.State) { SnapshotOfOpenFile = entry.SnapshotOfOpenFile });
    }

    /// <summary>Nothing is known of it but that an observation will say what is there.</summary>
    public void Doubt(RelativePath path) => SetLocal(path, LocalState.Unsettled);

    /// <summary>It cannot be synced, and blocks its name until it is looked at again.</summary>
    public void Hold(RelativePath path, string reason)
    {
        story.Held(path, reason);
        Held.Add(path, reason, clock.MonotonicNanoseconds());
        _open.Forget(path);
        Remember(path, null);
        SetLocal(path, LocalState.Held);
    }

    /// <summary>
    /// Stored by an earlier start. What was not agreed on may have been read before it was durable: a loss of power since can have
    /// taken the bytes back and left their signature.
    /// </summary>
    public void Recall(RelativePath path, SeenFile file) => _seen[path] = IsSynced(path, file) ? file : file with { IsSettled = false };

    /// <summary>What was read there last; null: no file.</summary>
    public SeenFile? SeenAt(RelativePath path) => _seen.TryGetValue(path, out var seen) ? seen : null;

    /// <summary>Whether a notice of it was not followed by a look yet. What the node itself has put there is looked at in its own time.</summary>
    public bool IsUnseen(RelativePath path) => Order.IsUnseen(path) && !trees[path].IsEcho;

    /// <summary>What is there was looked at, is the same still, and its name is believed.</summary>
    public bool IsKnown(RelativePath path) => !IsUnseen(path) && !_newNames.IsWaiting(path) && trees.Local(path).IsSettled;

    private void Notice(Observation.Noticed noticed)
    {
        // Its name may have been another one for a moment, which a loss of power could bring back. A file would have another signature.
        if (trees[noticed.Path] is { IsSyncedOrInFlight: true, Local.State.IsFolder: true })
            output.Adopt(noticed.Path);
        // What was noticed before everything was looked at for the first time is in no order.
        if (IsScanned)
            Order.Notice(noticed.Path, noticed.IsCompleted, noticed.IsBeingWritten, clock.MonotonicNanoseconds());
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
        if (Order.Contains(path) && (_absences.Contains(path) || trees.Local(path) == LocalState.Held))
            return;
        Order.NoticeIn(directory, path);
        Order.See(path);
    }

    private void Gone(RelativePath path)
    {
        Held.Remove(path);
        trees[path] = trees[path] with { IsBusy = false, IsEcho = false, IsFound = false, AreWritersUnknown = false };
        _open.Forget(path);
        _newNames.Forget(path);
        if (trees.Local(path) == LocalState.Absent)
            return;
        // Only what was agreed on, or is about to be, can be deleted for others; anything else is gone at once.
        if (!trees[path].IsSyncedOrInFlight)
        {
            _absences.Remove(path);
            Remember(path, null);
            SetLocal(path, EntryState.Absent);
            return;
        }
        _absences.Add(path, clock.MonotonicNanoseconds());
        Doubt(path);
    }

    private void ObserveContent(Observation.Content content)
    {
        var path = content.Path;
        var before = trees[path];
        var isKnown = _seen.TryGetValue(path, out var seen) && seen with { IsSettled = content.File.IsSettled } == content.File;
        // After a loss of power only the signature is looked at: the bytes that others have, or are about to have, are to last as
        // long. Under a signature that is too young to be trusted the same bytes may have been written once more.
        if ((!isKnown || !seen.IsSettled) && (before.IsInFlight || IsSynced(path, content.File)))
            output.Adopt(path);
        NoteOpen(content, isNews: !isKnown, wasSettled: isKnown && seen.IsSettled);
        Present(path);
        NothingBelow(path);
        Remember(path, content.File, mayBeWritten: _open.Contains(path));
        var state = EntryState.File(content.File.Content);
        SetLocal(path, new LocalState(state) { SnapshotOfOpenFile = content.IsStillOpen });
        trees[path] = trees[path] with { IsEcho = false };
        if (before.IsEcho && before.Local.State == state)
            return;
        if (state != before.SyncedState)
        {
            // Seen again before it was pushed: told already. A new name is told when it is believed.
            if (before.Local.State != state && !IsNewName(path))
                story.Edited(path.ToString());
        }
        // Touched, and the same bytes. Of a second look at what is known already there is nothing to tell.
        else if (IsScanned && !isKnown)
            story.Narrate(StoryLines.NoModifications);
    }

    private void NoteOpen(Observation.Content content, bool isNews, bool wasSettled)
    {
        var path = content.Path;
        trees[path] = trees[path] with { AreWritersUnknown = content.AreWritersUnknown };
        // What has been as it is for long when it is first seen is hardly being written. What an earlier start has seen, and not
        // for long enough, may be.
        var isLeftAlone = wasSettled || (isNews && content.File.Signature.IsUnchangedFor(OpenFiles.Patience, UnixNs(clock.GetUtcNow())));
        var mayBeOpen = content.AreWritersUnknown && (!isLeftAlone || _open.Contains(path));
        if (content.IsStillOpen || mayBeOpen)
            _open.Note(path, content.File.Content.Size, isNews, isLasting: content.IsStillOpen, clock.MonotonicNanoseconds());
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
            var isNewFolder = item.Stat.IsDirectory && !trees.Local(item.Path).State.IsFolder;
            var isUnread = ObserveItem(item);
            if (isUnread)
                unread.Add(item.Path);
            // What is in a new directory is listed by itself.
            if (isUnread || isNewFolder)
                Order.NoticeIn(listing.Path, item.Path);
        }
        foreach (var path in LocalBelow(listing.Path))
        {
            // Further below, the listing of its own directory tells; if there is no such directory, this one does.
            if (listed.Contains(path)
                || (path.Parent != listing.Path && (trees.Local(path.Parent) != LocalState.Absent || path.Ancestors.Any(listed.Contains))))
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
            || (!seen.IsSettled && !_open.Contains(item.Path)) || trees[item.Path].IsBusy)
        {
            SeeListed(item.Path);
            return true;
        }
        Present(item.Path);
        NothingBelow(item.Path);
        SetLocal(item.Path, new LocalState(EntryState.File(seen.Content))
        {
            SnapshotOfOpenFile = trees.Local(item.Path).SnapshotOfOpenFile,
        });
        return false;
    }

    /// <summary>A directory that was none a moment ago may have come back with all that was in it: of that nothing is gone before it is listed.</summary>
    private void SeeFolder(RelativePath path)
    {
        Present(path);
        Remember(path, null);
        if (trees.Local(path) is { IsSettled: true, State.IsFolder: true })
            return;
        foreach (var below in trees.Below(path).Where(below => trees[below] is { IsSyncedOrInFlight: true } record && record.Local == LocalState.Absent).ToList())
            Doubt(below);
        SetLocal(path, EntryState.Folder);
    }

    private static long UnixNs(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).ToNanoseconds();

    private void Present(RelativePath path)
    {
        _absences.Remove(path);
        Held.Remove(path);
        trees[path] = trees[path] with { IsBusy = false };
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
        [.. trees.Below(path).Where(below => trees.Local(below) != LocalState.Absent)];

    private void SetLocal(RelativePath path, LocalState state)
    {
        if (trees.Local(path) == state)
            return;
        trees.SetLocal(path, state);
        agenda.Mark(path);
    }

    private bool IsSynced(RelativePath path, in SeenFile file) => trees.Synced(path)?.State == EntryState.File(file.Content);

    /// <param name="path">Of the file.</param>
    /// <param name="file">As it was read; null: none is there.</param>
    /// <param name="mayBeWritten">Written on without a notice it would look the same: the next start is to read it again.</param>
    private void Remember(RelativePath path, SeenFile? file, bool mayBeWritten = false)
    {
        if (file is not { } seen)
        {
            _untrusted.Remove(path);
            if (_seen.Remove(path))
                output.Changes.Seen[path] = null;
            return;
        }
        // What is open has its own turns to be read again.
        _ = seen.IsSettled || _open.IsLasting(path) ? _untrusted.Remove(path) : _untrusted.Add(path);
        seen = seen with { IsSettled = seen.IsSettled && !mayBeWritten };
        if (SeenAt(path) == seen)
            return;
        _seen[path] = seen;
        output.Changes.Seen[path] = seen;
    }
}
