using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Messages.Tree;

namespace Actors.Client.Disk;

/// <summary>Changes one name of the replica, and never the bytes under it: what was there is moved aside, not overwritten.</summary>
internal sealed class Placer(ReplicaDisk disk)
{
    private readonly IFileSystem _files = disk.Files;
    private readonly DisplacedKeeper _keeper = new(disk);

    public ApplyOutcome Place(ApplyOrder order, long id) => order.Entry.State.Kind switch
    {
        EntryKind.File => PlaceFile(order, id),
        EntryKind.Folder => PlaceFolder(order, id),
        _ => Remove(order, id),
    };

    private ApplyOutcome PlaceFile(ApplyOrder order, long id)
    {
        var outcome = order.Expected.Kind switch
        {
            EntryKind.Absent => CreateFile(order, id),
            EntryKind.File => ReplaceFile(order, id),
            _ => ReplaceFolder(order, id),
        };
        if (outcome is not ApplyOutcome.Done)
        {
            disk.DiscardOnceStored(ReplicaLayout.Staged(id));
            disk.DiscardOnceStored(ReplicaLayout.StagedApart(id));
        }
        return outcome;
    }

    private ApplyOutcome CreateFile(ApplyOrder order, long id)
    {
        var fault = _files.Rename(Content(id), order.Entry.Path, RenameMode.NoReplace);
        return fault == FileFault.None ? Done(order, null) : Failed(order, fault);
    }

    private ApplyOutcome ReplaceFile(ApplyOrder order, long id)
    {
        var path = order.Entry.Path;
        if (Unexpected(order) is { } otherwise)
            return otherwise;
        var displaced = ReplicaLayout.Staged(id);
        if (disk.Traits.ExchangesNames)
        {
            var fault = _files.Rename(displaced, path, RenameMode.Exchange);
            if (fault != FileFault.None)
                return Failed(order, fault);
        }
        else if (disk.Traits.ReplacesWithBackup)
        {
            var fault = _files.Replace(ReplicaLayout.StagedApart(id), path, displaced);
            if (fault != FileFault.None)
                return Failed(order, fault);
        }
        else
        {
            // The name is free for an instant: a file that takes it then keeps it.
            var fault = _files.Rename(path, displaced, RenameMode.NoReplace);
            if (fault != FileFault.None)
                return Failed(order, fault);
            fault = _files.Rename(ReplicaLayout.StagedApart(id), path, RenameMode.NoReplace);
            if (fault != FileFault.None)
            {
                _keeper.PutBack(order, displaced);
                return Failed(order, fault);
            }
        }
        return Done(order, _keeper.Settle(order, id));
    }

    private ApplyOutcome ReplaceFolder(ApplyOrder order, long id)
    {
        var path = order.Entry.Path;
        var staged = ReplicaLayout.Staged(id);
        var fault = disk.Traits.ExchangesNames ? _files.Rename(staged, path, RenameMode.Exchange) : FileFault.Unsupported;
        // On an overlay a directory of the layer below cannot be renamed: that fails as if the other name were elsewhere.
        if (fault is FileFault.Unsupported or FileFault.CrossDevice)
        {
            var removed = _files.RemoveDirectory(path);
            return removed is FileFault.None or FileFault.NotFound ? CreateFile(order, id) : Failed(order, removed);
        }
        if (fault != FileFault.None)
            return Failed(order, fault);
        if (_files.RemoveDirectory(staged) == FileFault.None)
            return Done(order, null);
        // Something came into the directory, or it was none any more. If its name was changed meanwhile it cannot go back there.
        // Both changes are made durable before this counts as done: of the first alone a loss of power would leave what is the
        // user's in the staging area, to be removed at the next start.
        disk.NoteChanged(path.Parent);
        MarkAsUndone(id);
        if (_files.Rename(staged, path, RenameMode.Exchange) != FileFault.None)
            _keeper.PutBack(order, staged);
        else
            _keeper.SettleUndone(order, id);
        return Surprised(order);
    }

    private ApplyOutcome PlaceFolder(ApplyOrder order, long id)
    {
        var path = order.Entry.Path;
        RelativePath? copy = null;
        if (order.Expected.IsFile)
        {
            if (Unexpected(order) is { } otherwise)
                return otherwise;
            var moved = _files.Rename(path, ReplicaLayout.Staged(id), RenameMode.NoReplace);
            if (moved != FileFault.None)
                return Failed(order, moved);
        }
        var fault = _files.MakeDirectory(path);
        if (fault == FileFault.Exists && StatOrNull(path) is { IsDirectory: true })
            fault = FileFault.None;
        if (order.Expected.IsFile)
        {
            if (fault != FileFault.None)
            {
                _keeper.PutBack(order, ReplicaLayout.Staged(id));
                return Failed(order, fault);
            }
            copy = _keeper.Settle(order, id);
        }
        return fault == FileFault.None ? Done(order, copy) : Failed(order, fault);
    }

    private ApplyOutcome Remove(ApplyOrder order, long id)
    {
        var path = order.Entry.Path;
        if (order.Expected.IsFolder)
        {
            var removed = _files.RemoveDirectory(path);
            return removed is FileFault.None or FileFault.NotFound ? Done(order, null) : Failed(order, removed);
        }
        if (order.Expected.IsAbsent)
            return Done(order, null);
        if (Unexpected(order) is { } otherwise)
            return otherwise;
        var displaced = ReplicaLayout.Staged(id);
        var fault = _files.Rename(path, displaced, RenameMode.NoReplace);
        if (fault != FileFault.None)
            return Failed(order, fault);
        if (_keeper.SettleRemoved(order, id))
            return Done(order, null);
        // An edit survives a deletion.
        _keeper.PutBack(order, displaced);
        return Surprised(order);
    }

    /// <summary>A crash may come when the new content has left the staging area again, and before that is stored.</summary>
    private void MarkAsUndone(long id) => _files.OpenOrCreate(ReplicaLayout.StagedApart(id)).Dispose();

    private RelativePath Content(long id) => disk.Traits.ExchangesNames ? ReplicaLayout.Staged(id) : ReplicaLayout.StagedApart(id);

    /// <summary>Null: the file that was seen is there.</summary>
    private ApplyOutcome? Unexpected(ApplyOrder order)
    {
        try
        {
            var isAsSeen = _files.Stat(order.Entry.Path) is { IsRegular: true } stat && order.Seen is { } seen && seen.Signature == stat.Signature;
            return isAsSeen ? null : Surprised(order);
        }
        catch (FileFaultException e) when (!e.StopsTheNode)
        {
            return new ApplyOutcome.Refused(order, e.Reason);
        }
    }

    /// <summary>Null also where the path may not be looked at: what was displaced there has to be seen to all the same.</summary>
    private FileStat? StatOrNull(RelativePath path)
    {
        try
        {
            return _files.Stat(path);
        }
        catch (FileFaultException e) when (!e.StopsTheNode)
        {
            return null;
        }
    }

    private ApplyOutcome.Done Done(ApplyOrder order, RelativePath? copy)
    {
        disk.NoteChanged(order.Entry.Path.Parent);
        SeenFile? seen = order.Entry.State.IsFile && StatOrNull(order.Entry.Path) is { IsRegular: true } stat
            ? new SeenFile(stat.Signature, order.Entry.State.Content, IsSettled: false)
            : null;
        return new ApplyOutcome.Done(order, seen, copy);
    }

    private static ApplyOutcome.Surprised Surprised(ApplyOrder order) =>
        new(order, order.Entry.Path.Parent.IsRoot ? [] : [order.Entry.Path.Parent]);

    private static ApplyOutcome Failed(ApplyOrder order, FileFault fault) => fault switch
    {
        FileFault.NotFound or FileFault.Exists or FileFault.NotEmpty or FileFault.NotADirectory or FileFault.IsADirectory =>
            Surprised(order),
        _ => new ApplyOutcome.Refused(order, fault.Reason()),
    };
}
