using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Client.Watcher;
using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.Disk;

/// <summary>
/// Looks after displaced files that may still be written: until they are closed or, where that cannot be told, until they
/// have been left alone for long; and after large ones, until they have been read.
/// </summary>
public sealed class DisplacedWatch(ReplicaDisk disk, TimeProvider clock, ObserverOptions options) : IDisposable
{
    private readonly DisplacedKeeper _keeper = new(disk);
    private readonly DisplacedReader _reader = new(disk);
    private readonly Dictionary<long, Wait> _waits = [];

    /// <summary>There is more to read: <see cref="Check"/> is to be called again when other work had its turn.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Reads a bounded piece. Returns paths at which an edit has appeared.</summary>
    /// <param name="naming">For copies.</param>
    /// <param name="isSynced">Whether the replica has something there, or has pushed it: what was written to an older file is no edit of that.</param>
    public IReadOnlyList<RelativePath> Check(CopyNaming naming, Func<RelativePath, bool> isSynced)
    {
        var appeared = new List<RelativePath>();
        var budget = (long)DisplacedKeeper.ReadAtOnceBytesMax;
        // A large one comes last: those that are small do not wait for it.
        foreach (var file in disk.OpenDisplaced.OrderBy(file => ReplicaLayout.DisplacedAs(file.Id) == _reader.Reading).ToList())
        {
            var path = ReplicaLayout.DisplacedAs(file.Id);
            if (IsToBeLeft(file, path, ref budget) || !_reader.TryLook(path, ref budget, out var look))
                continue;
            if (look is { } found)
            {
                if (found.Writers == WriterState.Open)
                    continue;
                if (found.Content != file.Known.Content)
                    appeared.Add(_keeper.Keep(path, file.Path, isSynced(file.CopyName) ? naming.Name(file.Path, 0) : file.CopyName, naming));
                else if (disk.Files.Delete(path) is not (FileFault.None or FileFault.NotFound))
                    continue;
            }
            _waits.Remove(file.Id);
            // The record goes after the file. Else a loss of power could bring back a file of which nothing is recorded.
            disk.NoteChanged(ReplicaLayout.Displaced);
            disk.NoteDone(file);
        }
        HasMore = _reader.Reading is not null || budget <= 0;
        return appeared;
    }

    public void Dispose() => _reader.Dispose();

    /// <summary>
    /// Nothing tells who writes it: an edit counts when it has settled, and what is as it was is kept for a long while.
    /// </summary>
    private bool IsToBeLeft(DisplacedFile file, RelativePath path, ref long budget)
    {
        if (SignatureIfUnknown(path) is not { } signature)
            return false;
        var now = clock.MonotonicNanoseconds();
        if (!_waits.TryGetValue(file.Id, out var wait))
        {
            // What was written before the first look is found by its bytes.
            if (!_reader.TryLook(path, ref budget, out var found))
                return true;
            wait = new Wait(signature, now, found?.Content != file.Known.Content);
        }
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
