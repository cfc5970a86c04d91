using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Client.Disk;

/// <summary>
/// After a crash: finds out of each stored intent how far it came, from what lies at its path and what lies in the
/// staging area, and ends it one way or the other. Nothing that the registry does not have is ever removed.
/// </summary>
public sealed class Recovery(ReplicaDisk disk, CopyNaming naming)
{
    private readonly DisplacedKeeper _keeper = new(disk);
    private Dictionary<RelativePath, FileSignature>? _seen;

    /// <summary>Returns the id for the next intent.</summary>
    public long Run()
    {
        var changes = new ReplicaChanges();
        var newest = disk.Store.ReadFacts().Newest?.Cursor ?? 0;
        var last = disk.Store.ReadDisplaced().Select(file => file.Id).DefaultIfEmpty().Max();
        // Made by this start perhaps: what is stored in it lasts as long as its name.
        disk.NoteChanged(ReplicaLayout.Own);
        foreach (var file in disk.OpenDisplaced)
            NoteNames(file.Path, file.CopyName);
        foreach (var intent in disk.Store.ReadIntents())
        {
            last = Math.Max(last, intent.Id);
            NoteDisplaced(intent);
            // An older state of the replica, or a copy of it: what it had agreed on is forgotten, and this was a part of that.
            if (intent.Entry.Version <= newest && WasCarriedOut(intent))
                changes.Synced[intent.Entry.Path] = intent.Entry;
            EndDisplaced(intent);
            NoteNames(intent.Entry.Path, intent.CopyName);
            disk.NoteDone(intent);
        }
        disk.Commit(changes);
        CleanStaging();
        return last + 1;
    }

    private bool WasCarriedOut(Intent intent)
    {
        var path = intent.Entry.Path;
        var staged = _keeper.Look(ReplicaLayout.Staged(intent.Id));
        return intent.Entry.State.Kind switch
        {
            // What is staged is the new content until names are exchanged, and what was displaced from then on.
            EntryKind.File => _keeper.Look(path)?.Content == intent.Entry.State.Content
                || (staged is { } there && IsDisplaced(intent, there.Content))
                || HasLeftStaging(intent),
            EntryKind.Folder => StatIfItMayBe(path, out _) is { IsDirectory: true },
            _ => IsGone(path) || staged is not null || IsAnotherFile(intent),
        };
    }

    /// <summary>
    /// New content is in the staging area before its intent is stored, and stays there until it has its name, or until it is
    /// stored that it did not get it. If it is gone it has had its name: what is there now was made on top of it. But a
    /// directory may have been given its name back; and so may a file, where names are not exchanged in one step. If nothing is
    /// at the path, the node cannot tell whether the user deleted it or a loss of power took only the new name: it comes back.
    /// </summary>
    private bool HasLeftStaging(Intent intent) =>
        disk.Files.Stat(ReplicaLayout.Staged(intent.Id)) is null
        && disk.Files.Stat(ReplicaLayout.StagedApart(intent.Id)) is null
        && (StatIfItMayBe(intent.Entry.Path, out var isKnown) is { } there ? !there.IsDirectory : !isKnown)
        && (disk.Traits.ExchangesNames || !intent.Expected.IsFile || _keeper.Look(intent.Entry.Path)?.Content != intent.Expected.Content);

    /// <summary>
    /// The staged file was at the path before the update. If it cannot be read, its inode number tells. If the former file
    /// still has its name, or has it again, a loss of power has undone the exchange: the staged file is the new one, and a
    /// program has written to it since.
    /// </summary>
    private bool IsDisplaced(Intent intent, ContentRef? staged) =>
        (staged is { } content ? content != intent.Entry.State.Content : IsWhatWasSeen(intent, ReplicaLayout.Staged(intent.Id)))
        && !IsWhatWasSeen(intent, intent.Entry.Path)
        && !IsBetweenNames(intent);

    /// <summary>Its inode is that of the file last seen at the intent's path, with any content.</summary>
    private bool IsWhatWasSeen(Intent intent, RelativePath path) =>
        SeenAt(intent.Entry.Path) is { } seen && StatIfItMayBe(path, out _)?.Signature.Inode == seen.Inode;

    /// <summary>Not the file that was to be removed: the user made it since, with equal bytes perhaps, or instead of that one.</summary>
    private bool IsAnotherFile(Intent intent) =>
        intent.Expected.IsFile
        && StatIfItMayBe(intent.Entry.Path, out _) is { IsRegular: true } stat
        && SeenAt(intent.Entry.Path) is { } seen
        && seen != stat.Signature;

    private FileSignature? SeenAt(RelativePath path)
    {
        _seen ??= disk.Store.ReadSeen().ToDictionary(item => item.Path, item => item.File.Signature);
        return _seen.TryGetValue(path, out var signature) ? signature : null;
    }

    /// <summary>
    /// The update was begun and not carried out, or undone: what is apart in the staging area says so. Where names are not
    /// exchanged in one step, what was there has lost its name, and what is to be there may not have got it. If a user has
    /// removed it since, it comes back; that is better than to take a loss of power for a deletion.
    /// </summary>
    private bool IsBetweenNames(Intent intent) => intent.Entry.State.Kind switch
    {
        EntryKind.File => disk.Files.Stat(ReplicaLayout.StagedApart(intent.Id)) is not null
            || (!disk.Traits.ExchangesNames && IsGone(intent.Entry.Path)),
        EntryKind.Folder => IsGone(intent.Entry.Path),
        _ => false,
    };

    private bool IsGone(RelativePath path) => StatIfItMayBe(path, out var isKnown) is null && isKnown;

    /// <summary>Of a path that may not be looked at nothing is known: neither that it is there, nor that it is gone.</summary>
    private FileStat? StatIfItMayBe(RelativePath path, out bool isKnown)
    {
        try
        {
            isKnown = true;
            return disk.Files.Stat(path);
        }
        catch (FileFaultException e) when (!e.StopsTheNode)
        {
            isKnown = false;
            return null;
        }
    }

    /// <summary>A file that had a writer was put aside, and the crash came before that was stored: it is watched all the same.</summary>
    private void NoteDisplaced(Intent intent)
    {
        if (disk.Files.Stat(ReplicaLayout.DisplacedAs(intent.Id)) is null || disk.OpenDisplaced.Any(file => file.Id == intent.Id))
            return;
        var copyName = intent.Entry.State.IsAbsent ? intent.Entry.Path : intent.CopyName;
        disk.Note(new DisplacedFile(intent.Id, intent.Entry.Path, intent.Expected, copyName));
    }

    /// <summary>
    /// The process that ended may have changed names in all of these directories, and may not have come to make them durable:
    /// the record of it does not go before they are. What found no room beside the path is in the root.
    /// </summary>
    private void NoteNames(RelativePath path, RelativePath copyName)
    {
        disk.NoteChanged(path.Parent);
        disk.NoteChanged(copyName.Parent);
        disk.NoteChanged(RelativePath.Root);
        disk.NoteChanged(ReplicaLayout.Displaced);
    }

    /// <summary>
    /// What the registry does not have gets a name. The rest stays staged until it is stored what became of the intent: where
    /// the state cannot be written this is done again, and has to come to the same end.
    /// </summary>
    private void EndDisplaced(Intent intent)
    {
        var staged = ReplicaLayout.Staged(intent.Id);
        if (disk.Files.Stat(staged) is not { } stat)
            return;
        if (stat.IsDirectory)
        {
            if (disk.Files.RemoveDirectory(staged) == FileFault.NotEmpty)
                _keeper.Keep(staged, intent.Entry.Path, intent.CopyName, naming);
            return;
        }
        if (IsBetweenNames(intent) && disk.Files.Rename(staged, intent.Entry.Path, RenameMode.NoReplace) == FileFault.None)
            return;
        var copyName = intent.Entry.State.IsAbsent ? intent.Entry.Path : intent.CopyName;
        var found = _keeper.Look(staged, readsWritten: false);
        var isNew = intent.Entry.State.IsFile && found?.Content == intent.Entry.State.Content;
        var isExpected = !intent.IsCopyOwed && found?.Content == intent.Expected.Content;
        var writers = found?.Writers ?? WriterState.Closed;
        if ((isNew && writers != WriterState.Open) || (isExpected && writers == WriterState.Closed))
            return;
        // It was displaced, so that the update was carried out, whether this is stored or not.
        if (isExpected && writers == WriterState.Unknown
            && _keeper.TryRelease(new(intent.Id, intent.Entry.Path, intent.Expected, copyName), writers))
            return;
        _keeper.Keep(staged, intent.Entry.Path, copyName, naming);
    }

    /// <summary>
    /// Staged for intents that were never stored, or left from ones that are done, or not to be done. A directory was removed from here, which
    /// only an empty one can be, and power was lost before that was durable. Fetched parts are resumed.
    /// </summary>
    private void CleanStaging()
    {
        foreach (var item in disk.Files.List(ReplicaLayout.Staging) ?? [])
        {
            if (!ReplicaLayout.IsPart(item.Name.Span))
                Remove(ReplicaLayout.Staging.Child(item.Name.Span), item.Kind);
        }
    }

    private void Remove(RelativePath path, FileKind kind)
    {
        if (kind != FileKind.Directory)
        {
            _ = disk.Files.Delete(path);
            return;
        }
        foreach (var item in disk.Files.List(path) ?? [])
            Remove(path.Child(item.Name.Span), item.Kind);
        _ = disk.Files.RemoveDirectory(path);
    }
}
