using Actors.Client.Files;
using Actors.Client.State;
using Actors.Client.Storage;
using Actors.Replication.Content;
using Actors.Replication.Tree;

namespace Actors.Client.Applying;

/// <summary>
/// Decides on what an update displaced: content that the registry has may go; anything else is somebody's edit and is kept
/// under a name of its own; what somebody is still writing is watched until it is closed.
/// </summary>
internal sealed class DisplacedKeeper(ReplicaDisk disk)
{
    private const int NamesTriedMax = 1_000;

    private readonly IFileSystem _files = disk.Files;

    /// <summary>Returns where the displaced content was kept; null where nothing had to be.</summary>
    public RelativePath? Settle(ApplyOrder order, long id)
    {
        var displaced = ReplicaLayout.Staged(id);
        if (Look(displaced) is { } found)
        {
            if (!order.IsCopyOwed && found.Content == order.Expected.Content && TryRelease(order, id, found.IsWritten, order.CopyName))
                return null;
            if (found.Content == order.Entry.State.Content && order.Entry.State.IsFile && !found.IsWritten)
            {
                _ = _files.Delete(displaced);
                return null;
            }
        }
        return Keep(displaced, order.Entry.Path, order.CopyName, order.Naming);
    }

    /// <summary>False: what was removed is not what the registry has.</summary>
    public bool SettleRemoved(ApplyOrder order, long id)
    {
        // Should its writer go on, the edit survives the deletion, and has its name back.
        return Look(ReplicaLayout.Staged(id)) is { } found
            && found.Content == order.Expected.Content
            && TryRelease(order, id, found.IsWritten, order.Entry.Path);
    }

    /// <summary>New content has lost its name again; people saw it for a moment, and whoever opened it then is writing an edit.</summary>
    public void SettleUndone(ApplyOrder order, long id)
    {
        var staged = ReplicaLayout.Staged(id);
        if (Look(staged, readsWritten: false) is { IsWritten: false } found && found.Content == order.Entry.State.Content)
        {
            _ = _files.Delete(staged);
            return;
        }
        if (_files.Stat(staged) is { } stat && !(stat.IsDirectory && _files.RemoveDirectory(staged) == FileFault.None))
            Keep(staged, order.Entry.Path, order.CopyName, order.Naming);
    }

    /// <summary>Gives a file that was moved aside its name back; another one where that is taken.</summary>
    public void PutBack(ApplyOrder order, RelativePath displaced) =>
        Keep(displaced, order.Entry.Path, order.Entry.Path, order.Naming);

    /// <summary>Gives a file of the user's a name in the replica. Doing it again finds it done.</summary>
    public RelativePath Keep(RelativePath displaced, RelativePath path, RelativePath wanted, CopyNaming naming)
    {
        var name = wanted;
        for (var attempt = 1; attempt <= NamesTriedMax; attempt++)
        {
            var fault = _files.Rename(displaced, name, RenameMode.NoReplace);
            if (fault == FileFault.None)
            {
                disk.NoteChanged(name.Parent);
                return name;
            }
            if (fault == FileFault.Exists && IsThereAlready(displaced, name))
            {
                _ = _files.Delete(displaced);
                return name;
            }
            // Its directory is gone, is none any more or takes nothing: the root is always there.
            if (fault != FileFault.Exists)
                path = RelativePath.Root.Child(path.Name);
            name = naming.Name(path, attempt);
        }
        throw new FileFaultException(FileFault.Failed, "keep", displaced, "no free name was found for an edit that an update displaced");
    }

    /// <summary>
    /// What a file holds, and whether somebody had it open for writing; no content where it may not be read: then it is
    /// what nobody has seen. Null where no file is.
    /// </summary>
    /// <param name="path">In the replica or in the node's own directory.</param>
    /// <param name="readsWritten">Whether it is read while it is written; else it has no content as long.</param>
    public (ContentRef? Content, bool IsWritten)? Look(RelativePath path, bool readsWritten = true)
    {
        try
        {
            using var file = _files.OpenRead(path);
            if (file is null)
                return null;
            // Asked before the bytes are read: who closes in between has been read.
            var isWritten = file.HasWriters();
            return (isWritten && !readsWritten ? null : ContentReader.Name(file), isWritten);
        }
        catch (FileFaultException e) when (e.Fault == FileFault.Denied || e.Fault.IsOfTheDisk())
        {
            return (null, false);
        }
    }

    /// <summary>False where it is still written, and cannot be watched: in the staging area it would be taken for rubbish at the next start.</summary>
    private bool TryRelease(ApplyOrder order, long id, bool isWritten, RelativePath copyName)
    {
        var staged = ReplicaLayout.Staged(id);
        if (!isWritten)
        {
            _ = _files.Delete(staged);
            return true;
        }
        if (_files.Rename(staged, ReplicaLayout.DisplacedAs(id), RenameMode.Replace) != FileFault.None)
            return false;
        disk.NoteChanged(ReplicaLayout.Displaced);
        disk.Note(new DisplacedFile(id, order.Entry.Path, order.Expected, copyName));
        return true;
    }

    /// <summary>Whether a file of equal content has the name already, and nobody goes on writing the displaced one.</summary>
    private bool IsThereAlready(RelativePath displaced, RelativePath name)
    {
        return Look(displaced, readsWritten: false) is { IsWritten: false, Content: { } content } && Look(name) is { } other && other.Content == content;
    }
}
