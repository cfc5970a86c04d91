using Actors.Client.Files;
using Actors.Client.State;
using Actors.Client.Storage;
using Actors.Replication.Tree;

namespace Actors.Client.Applying;

/// <summary>
/// After a crash: finds out of each stored intent how far it came, from what lies at its path and what lies in the
/// staging area, and ends it one way or the other. Nothing that the registry does not have is ever removed.
/// </summary>
public sealed class Recovery(ReplicaDisk disk, CopyNaming naming)
{
    private readonly DisplacedKeeper _keeper = new(disk);

    /// <summary>Returns the id for the next intent.</summary>
    public long Run()
    {
        var changes = new ReplicaChanges();
        var newest = disk.Store.ReadFacts().Newest?.Cursor ?? 0;
        var last = disk.Store.ReadDisplaced().Select(file => file.Id).DefaultIfEmpty().Max();
        foreach (var file in disk.OpenDisplaced)
            NoteNames(file.Path, file.CopyName);
        foreach (var intent in disk.Store.ReadIntents())
        {
            last = Math.Max(last, intent.Id);
            NoteDisplaced(intent);
            // An older state of the replica, or a copy of it: what it had agreed on is forgotten, and this was a part of that.
            if (intent.Entry.Version <= newest && WasCarriedOut(intent))
                changes.Synced[intent.Entry.Path] = intent.Entry;
            EndStaged(intent);
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
                || (staged?.Content is { } content && content != intent.Entry.State.Content && !IsBetweenNames(intent)),
            EntryKind.Folder => disk.Files.Stat(path) is { IsDirectory: true },
            _ => disk.Files.Stat(path) is null || staged is not null,
        };
    }

    /// <summary>
    /// Where names are not exchanged in one step: what was there has lost its name, and what is to be there may not have got
    /// it. If somebody has removed it since, it comes back; that is better than to take a loss of power for a deletion.
    /// </summary>
    private bool IsBetweenNames(Intent intent) => intent.Entry.State.Kind switch
    {
        EntryKind.File => !disk.Traits.ExchangesNames
            && (disk.Files.Stat(ReplicaLayout.StagedApart(intent.Id)) is not null || disk.Files.Stat(intent.Entry.Path) is null),
        EntryKind.Folder => disk.Files.Stat(intent.Entry.Path) is null,
        _ => false,
    };

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
    /// the record of it does not go before they are. Whatever found no room beside the path is in the root.
    /// </summary>
    private void NoteNames(RelativePath path, RelativePath copyName)
    {
        disk.NoteChanged(path.Parent);
        disk.NoteChanged(copyName.Parent);
        disk.NoteChanged(RelativePath.Root);
        disk.NoteChanged(ReplicaLayout.Displaced);
    }

    private void EndStaged(Intent intent)
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
        if ((isNew || isExpected)
            && _keeper.TryRelease(new(intent.Id, intent.Entry.Path, isNew ? intent.Entry.State : intent.Expected, copyName), found!.Value.Writers))
            return;
        _keeper.Keep(staged, intent.Entry.Path, copyName, naming);
    }

    /// <summary>
    /// Staged for intents that were never stored, or left from ones that are done. A directory was removed from here, which
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
