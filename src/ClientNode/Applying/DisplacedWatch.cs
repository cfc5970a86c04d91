using Actors.Client.Files;
using Actors.Client.State;
using Actors.Replication.Tree;

namespace Actors.Client.Applying;

/// <summary>Looks after displaced files that had a writer, until they are closed.</summary>
public sealed class DisplacedWatch(ReplicaDisk disk)
{
    private readonly DisplacedKeeper _keeper = new(disk);

    /// <summary>Returns paths at which an edit has appeared.</summary>
    public IReadOnlyList<RelativePath> Check(CopyNaming naming)
    {
        var appeared = new List<RelativePath>();
        foreach (var file in disk.OpenDisplaced.ToList())
        {
            var path = ReplicaLayout.DisplacedAs(file.Id);
            if (_keeper.Look(path) is { } found)
            {
                if (found.IsWritten)
                    continue;
                if (found.Content == file.Known.Content)
                    _ = disk.Files.Delete(path);
                else
                    appeared.Add(_keeper.Keep(path, file.Path, file.CopyName, naming));
            }
            // The record of it goes after the file: else a loss of power brings the file back, and nobody knows of it.
            disk.NoteChanged(ReplicaLayout.Displaced);
            disk.NoteDone(file);
        }
        return appeared;
    }
}
