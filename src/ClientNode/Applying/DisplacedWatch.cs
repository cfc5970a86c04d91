using Actors.Client.Files;
using Actors.Client.State;
using Actors.Client.Storage;
using Actors.Client.Watching;
using Actors.Hosting;
using Actors.Replication.Tree;

namespace Actors.Client.Applying;

/// <summary>
/// Looks after displaced files that may still be written: until they are closed or, where that cannot be told, until they
/// have been left alone for long.
/// </summary>
public sealed class DisplacedWatch(ReplicaDisk disk, INodeClock clock, ObserverOptions options)
{
    private readonly DisplacedKeeper _keeper = new(disk);
    private readonly Dictionary<long, Wait> _waits = [];

    /// <summary>Returns paths at which an edit has appeared.</summary>
    /// <param name="naming">For copies.</param>
    /// <param name="isSynced">Whether the replica has something there, or has pushed it: what was written to an older file is no edit of that.</param>
    public IReadOnlyList<RelativePath> Check(CopyNaming naming, Func<RelativePath, bool> isSynced)
    {
        var appeared = new List<RelativePath>();
        foreach (var file in disk.OpenDisplaced.ToList())
        {
            var path = ReplicaLayout.DisplacedAs(file.Id);
            if (IsToBeLeft(file, path))
                continue;
            if (_keeper.Look(path, readsWritten: false) is { } found)
            {
                if (found.Writers == WriterState.Open)
                    continue;
                if (found.Content != file.Known.Content)
                    appeared.Add(_keeper.Keep(path, file.Path, isSynced(file.CopyName) ? naming.Name(file.Path, 0) : file.CopyName, naming));
                else if (disk.Files.Delete(path) is not (FileFault.None or FileFault.NotFound))
                    continue;
            }
            _waits.Remove(file.Id);
            // The record of it goes after the file: else a loss of power brings the file back, and nobody knows of it.
            disk.NoteChanged(ReplicaLayout.Displaced);
            disk.NoteDone(file);
        }
        return appeared;
    }

    /// <summary>
    /// Nothing tells who writes it: an edit counts when it has settled, and what is as it was is kept for a long while.
    /// </summary>
    private bool IsToBeLeft(DisplacedFile file, RelativePath path)
    {
        if (SignatureIfUnknown(path) is not { } signature)
            return false;
        var now = clock.MonotonicNanoseconds;
        if (!_waits.TryGetValue(file.Id, out var wait))
            // What was written before the first look is found by its bytes.
            wait = new Wait(signature, now, _keeper.Look(path)?.Content != file.Known.Content);
        else if (wait.Signature != signature)
            wait = new Wait(signature, now, IsWritten: true);
        _waits[file.Id] = wait;
        var patience = wait.IsWritten ? options.SettlingTime : options.DisplacedPatience;
        return now - wait.SinceNs < patience.Ticks * TimeSpan.NanosecondsPerTick;
    }

    /// <summary>Of a file whose writers cannot be told; null of any other, and where there is none.</summary>
    private FileSignature? SignatureIfUnknown(RelativePath path)
    {
        try
        {
            using var file = disk.Files.OpenRead(path);
            return file is not null && disk.Traits.WritersOf(file) == WriterState.Unknown ? file.Stat().Signature : null;
        }
        catch (FileFaultException e) when (e.Fault == FileFault.Denied)
        {
            return null;
        }
    }

    private readonly record struct Wait(FileSignature Signature, long SinceNs, bool IsWritten);
}
