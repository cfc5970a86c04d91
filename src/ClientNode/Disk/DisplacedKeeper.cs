using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Client.Watcher;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Client.Disk;

/// <summary>
/// Decides on what an update displaced: content that the registry has may go; anything else is an edit of a user and is kept
/// under a name of its own; what is still written is watched until it is closed, and where that cannot be told, for a while.
/// </summary>
internal sealed class DisplacedKeeper(ReplicaDisk disk)
{
    /// <summary>Bytes that are read in one go, before anything else has its turn.</summary>
    public const int ReadAtOnceBytesMax = 4 * 1024 * 1024;

    private const int NamesTriedMax = 1_000;

    private readonly IFileSystem _files = disk.Files;

    /// <summary>Returns where the displaced content was kept; null where nothing had to be.</summary>
    public RelativePath? Settle(ApplyOrder order, long id)
    {
        var displaced = ReplicaLayout.Staged(id);
        if (!order.IsCopyOwed && TryPostpone(new(id, order.Entry.Path, order.Expected, order.CopyName)))
            return null;
        if (order.Entry.State.IsFile && TryPostpone(new(id, order.Entry.Path, order.Entry.State, order.CopyName)))
            return null;
        if (MayBeKnown(order, displaced) && Look(displaced) is { } found)
        {
            var isExpected = !order.IsCopyOwed && found.Content == order.Expected.Content;
            var isNew = order.Entry.State.IsFile && found.Content == order.Entry.State.Content;
            if ((isExpected || isNew) && TryRelease(new(id, order.Entry.Path, isExpected ? order.Expected : order.Entry.State, order.CopyName), found.Writers))
                return null;
        }
        return Keep(displaced, order.Entry.Path, order.CopyName, order.Naming);
    }

    /// <summary>False: what was removed is not what the registry has.</summary>
    public bool SettleRemoved(ApplyOrder order, long id)
    {
        // Should its writer go on, the edit survives the deletion, and has its name back.
        var file = new DisplacedFile(id, order.Entry.Path, order.Expected, order.Entry.Path);
        if (TryPostpone(file))
            return true;
        var staged = ReplicaLayout.Staged(id);
        return _files.Stat(staged) is { } stat
            && stat.Size == order.Expected.Content.Size
            && Look(staged) is { } found
            && found.Content == order.Expected.Content
            && TryRelease(file, found.Writers);
    }

    /// <summary>The new content lost its name again. It was visible for a moment: what was written to it since then is an edit.</summary>
    public void SettleUndone(ApplyOrder order, long id)
    {
        var staged = ReplicaLayout.Staged(id);
        var file = new DisplacedFile(id, order.Entry.Path, order.Entry.State, order.CopyName);
        if (TryPostpone(file) || (Look(staged, readsWritten: false) is { } found && found.Content == order.Entry.State.Content && TryRelease(file, found.Writers)))
            return;
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
    /// What a file holds, and whether it was open for writing; no content where it may not be read: then it is unknown
    /// content. Null where no file is.
    /// </summary>
    /// <param name="path">In the replica or in the node's own directory.</param>
    /// <param name="readsWritten">Whether it is read while it is known to be written; else it has no content as long.</param>
    public (ContentRef? Content, WriterState Writers)? Look(RelativePath path, bool readsWritten = true)
    {
        try
        {
            using var file = _files.OpenRead(path);
            if (file is null)
                return null;
            // Asked before the bytes are read: who closes in between has been read.
            var writers = disk.Traits.WritersOf(file);
            return (writers == WriterState.Open && !readsWritten ? null : ContentReader.Name(file), writers);
        }
        catch (FileFaultException e) when (e.Fault == FileFault.Denied || e.Fault.IsOfTheDisk())
        {
            return (null, WriterState.Unknown);
        }
    }

    /// <summary>
    /// Lets go of what the registry has. False where it may still be written, and cannot be watched: in the staging area it
    /// would be taken for rubbish at the next start.
    /// </summary>
    public bool TryRelease(DisplacedFile file, WriterState writers)
    {
        var staged = ReplicaLayout.Staged(file.Id);
        if (writers == WriterState.Closed)
        {
            _ = _files.Delete(staged);
            return true;
        }
        if (_files.Rename(staged, ReplicaLayout.DisplacedAs(file.Id), RenameMode.Replace) != FileFault.None)
            return false;
        disk.NoteChanged(ReplicaLayout.Displaced);
        disk.Note(file);
        return true;
    }

    /// <summary>
    /// A file that is too large to be read at once, and has the size of what the registry has, is put aside.
    /// <see cref="DisplacedWatch"/> reads it piece by piece and decides on it.
    /// </summary>
    private bool TryPostpone(DisplacedFile file) =>
        _files.Stat(ReplicaLayout.Staged(file.Id)) is { IsRegular: true } stat
        && stat.Size > ReadAtOnceBytesMax
        && stat.Size == file.Known.Content.Size
        && TryRelease(file, WriterState.Unknown);

    /// <summary>Else it need not be read: it has another size than what the registry has.</summary>
    private bool MayBeKnown(ApplyOrder order, RelativePath displaced) =>
        _files.Stat(displaced) is { } stat
        && ((!order.IsCopyOwed && stat.Size == order.Expected.Content.Size) || (order.Entry.State.IsFile && stat.Size == order.Entry.State.Content.Size));

    /// <summary>Whether a file of equal content has the name already, and the displaced one is certainly not written any more.</summary>
    private bool IsThereAlready(RelativePath displaced, RelativePath name)
    {
        return Look(displaced, readsWritten: false) is { Writers: WriterState.Closed, Content: { } content } && Look(name) is { } other && other.Content == content;
    }
}

/// <summary>
/// Reads displaced files, a bounded piece at a time: other work has its turn between two pieces of a large
/// one. Small ones are read whole, beside a large one too; of large ones each waits for the one before it.
/// </summary>
internal sealed class DisplacedReader(ReplicaDisk disk) : IDisposable
{
    private FileReading? _reading;
    private WriterState _writers;

    /// <summary>The file of which there is more to read; null: of none.</summary>
    public RelativePath? Reading => _reading?.Path;

    /// <summary>
    /// What a file holds, as <see cref="DisplacedKeeper.Look"/> says it of one that is not read while it is written. False
    /// where that is not known yet: ask again in the next turn.
    /// </summary>
    /// <param name="path">Of the displaced file.</param>
    /// <param name="budget">Bytes that may be read in this turn; what is read is taken off.</param>
    /// <param name="found">Null where no file is.</param>
    public bool TryLook(RelativePath path, ref long budget, out (ContentRef? Content, WriterState Writers)? found)
    {
        found = null;
        try
        {
            return _reading?.Path == path ? TryRead(ref budget, out found) : TryBegin(path, ref budget, out found);
        }
        catch (FileFaultException e) when (e.Fault == FileFault.Denied || e.Fault.IsOfTheDisk())
        {
            if (_reading?.Path == path)
                End();
            found = (null, WriterState.Unknown);
            return true;
        }
    }

    public void Dispose() => End();

    private bool TryBegin(RelativePath path, ref long budget, out (ContentRef? Content, WriterState Writers)? found)
    {
        found = null;
        var file = disk.Files.OpenRead(path);
        if (file is null)
            return true;
        var isReadOn = false;
        try
        {
            // Asked before the bytes are read: who closes in between has been read.
            var writers = disk.Traits.WritersOf(file);
            if (writers == WriterState.Open)
            {
                found = (null, writers);
                return true;
            }
            var stat = file.Stat();
            if (budget <= 0)
                return false;
            if (stat.Size <= DisplacedKeeper.ReadAtOnceBytesMax)
            {
                budget -= stat.Size;
                found = (ContentReader.Name(file), writers);
                return true;
            }
            if (_reading is not null)
                return false;
            _reading = new FileReading(path, file, stat, isOpen: false, mayGrow: false, startedAtNs: 0);
            _writers = writers;
            isReadOn = true;
        }
        finally
        {
            if (!isReadOn)
                file.Dispose();
        }
        return TryRead(ref budget, out found);
    }

    /// <summary>
    /// What changes meanwhile is being written, where that cannot be told; else it is read from the beginning, in a later turn.
    /// </summary>
    private bool TryRead(ref long budget, out (ContentRef? Content, WriterState Writers)? found)
    {
        found = null;
        if (budget <= 0 || _reading!.Read(ref budget) is not { } end)
            return false;
        End();
        found = ((end as ReadingEnd.Whole)?.File.Content, _writers);
        return found.Value.Content is not null || _writers == WriterState.Unknown;
    }

    private void End()
    {
        _reading?.Dispose();
        _reading = null;
    }
}
