using Actors.Client.Files;
using Actors.Client.State;
using Actors.Replication.Tree;

namespace Actors.Client.Applying;

/// <summary>Looks after displaced files that had a writer, until they are closed.</summary>
public sealed class DisplacedWatch(ReplicaDisk disk)
{
    private readonly DisplacedKeeper _keeper = new(disk);

    /// <summary>Returns paths at which an edit has appeared.</summary>
    /// <param name="naming">For copies.</param>
    /// <param name="isSynced">Whether the replica has something there, or has pushed it: what was written to an older file is no edit of that.</param>
    public IReadOnlyList<RelativePath> Check(CopyNaming naming, Func<RelativePath, bool> isSynced)
    {
        var appeared = new List<RelativePath>();
        foreach (var file in disk.OpenDisplaced.ToList())
        {
            var path = ReplicaLayout.DisplacedAs(file.Id);
            if (_keeper.Look(path, readsWritten: false) is { } found)
            {
                if (found.IsWritten)
                    continue;
                if (found.Content != file.Known.Content)
                    appeared.Add(_keeper.Keep(path, file.Path, isSynced(file.CopyName) ? naming.Name(file.Path, 0) : file.CopyName, naming));
                else if (disk.Files.Delete(path) is not (FileFault.None or FileFault.NotFound))
                    continue;
            }
            // The record of it goes after the file: else a loss of power brings the file back, and nobody knows of it.
            disk.NoteChanged(ReplicaLayout.Displaced);
            disk.NoteDone(file);
        }
        return appeared;
    }
}
