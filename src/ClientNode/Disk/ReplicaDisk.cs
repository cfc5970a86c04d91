using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Messages.Tree;

namespace Actors.Client.Disk;

/// <summary>
/// A replica's files and its stored state, and the order between them: names that an update has put are made durable
/// before the state says that they are there.
/// </summary>
public sealed class ReplicaDisk(IFileSystem files, FileSystemTraits traits, IReplicaStore store)
{
    /// <summary>From so many on, one call for the whole file system is cheaper than one for each.</summary>
    private const int FlushAllFrom = 8;

    private readonly HashSet<RelativePath> _unflushed = [];
    private readonly HashSet<RelativePath> _adopted = [];
    private readonly List<long> _intentsDone = [];
    private readonly List<DisplacedFile> _displaced = [];
    private readonly SortedDictionary<long, DisplacedFile> _openDisplaced =
        new(store.ReadDisplaced().ToDictionary(displaced => displaced.Id));
    private readonly List<long> _displacedDone = [];
    private readonly List<RelativePath> _discarded = [];

    public IFileSystem Files => files;
    public FileSystemTraits Traits => traits;
    public IReplicaStore Store => store;

    /// <summary>Whether one call for everything is better than one for each of so many.</summary>
    public static bool ShouldFlushAll(FileSystemTraits traits, int count) => traits.FlushesAll && count >= FlushAllFrom;

    /// <summary>
    /// With all directories above: one of them may just have been made, in the place of another one of that name, and
    /// what is in it would go with it. Where one of them cannot be flushed alone, or is hidden, everything is.
    /// </summary>
    public static void FlushDirectories(IFileSystem files, IReadOnlyCollection<RelativePath> directories)
    {
        if (directories.Count == 0)
            return;
        var areFlushed = true;
        foreach (var directory in directories.SelectMany(directory => directory.Ancestors.Prepend(directory)).Append(RelativePath.Root).ToHashSet())
        {
            var isInPlace = false;
            areFlushed &= TryFlush(() => isInPlace = files.FlushDirectory(directory)) && isInPlace;
        }
        if (!areFlushed)
            files.FlushAll();
    }

    /// <summary>False where the one path cannot be flushed: it may not be opened, or its disk is broken there.</summary>
    public static bool TryFlush(Action flush)
    {
        try
        {
            flush();
            return true;
        }
        catch (FileFaultException e) when (!e.StopsTheNode)
        {
            return false;
        }
    }

    /// <summary>
    /// A commit failed, or was not reached, and with it what it was to store is forgotten here: whatever is stored after it would be the end of
    /// something without its beginning. The state must be read anew.
    /// </summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether a commit is owed for what was done on disk.</summary>
    public bool HasChanges => _intentsDone.Count + _displaced.Count + _displacedDone.Count > 0;

    /// <summary>A name in the directory was made or taken away.</summary>
    public void NoteChanged(RelativePath directory) => _unflushed.Add(directory);

    /// <summary>
    /// What a user made of the path is agreed on, because the registry has the same: it has to be as durable as what is
    /// pushed, or a loss of power would bring back what was there before, and that would travel as a new edit.
    /// </summary>
    public void NoteAdopted(RelativePath path)
    {
        _adopted.Add(path);
        _unflushed.Add(path.Parent);
    }

    public void NoteDone(Intent intent) => _intentsDone.Add(intent.Id);

    /// <summary>Displaced files that may still be written.</summary>
    public IReadOnlyCollection<DisplacedFile> OpenDisplaced => _openDisplaced.Values;

    public void Note(DisplacedFile displaced)
    {
        _displaced.Add(displaced);
        _openDisplaced[displaced.Id] = displaced;
    }

    public void NoteDone(DisplacedFile displaced)
    {
        _displacedDone.Add(displaced.Id);
        _openDisplaced.Remove(displaced.Id);
    }

    /// <summary>Changes are in the caller's hands, who may fail before <see cref="Commit"/>: nothing may be stored without them then.</summary>
    public void OweCommit() => IsBroken = true;

    /// <summary>
    /// The file is not needed, and goes when the end of its intent is stored: until then recovery takes an update whose staged
    /// file is gone for carried out.
    /// </summary>
    public void DiscardOnceStored(RelativePath staged) => _discarded.Add(staged);

    /// <summary>Stores the changes, and what was done on disk until now.</summary>
    public void Commit(ReplicaChanges changes)
    {
        IsBroken = true;
        Flush();
        changes.IntentsDone.AddRange(_intentsDone);
        changes.Displaced.AddRange(_displaced);
        changes.DisplacedDone.AddRange(_displacedDone);
        _intentsDone.Clear();
        _displaced.Clear();
        _displacedDone.Clear();
        store.Commit(changes);
        IsBroken = false;
        foreach (var staged in _discarded)
            _ = files.Delete(staged);
        _discarded.Clear();
    }

    /// <summary>Stores changes that are older than what was done on disk since: that is stored with those that tell of it.</summary>
    public void CommitBefore(ReplicaChanges changes)
    {
        IsBroken = true;
        Flush();
        store.Commit(changes);
        IsBroken = false;
    }

    private void Flush()
    {
        if (ShouldFlushAll(traits, _unflushed.Count + _adopted.Count))
        {
            files.FlushAll();
        }
        else
        {
            var areFlushed = true;
            foreach (var file in _adopted)
                areFlushed &= TryFlush(() => FlushFile(file));
            FlushDirectories(files, _unflushed);
            if (!areFlushed)
                files.FlushAll();
        }
        _adopted.Clear();
        _unflushed.Clear();
    }

    private void FlushFile(RelativePath path)
    {
        using var file = files.OpenRead(path);
        file?.Flush();
    }
}

/// <summary>
/// Keeps orders from the disk that would take its reserve: very many small files fill it as one large file does. What was
/// fetched lies there already, and what is in a directory that is refused cannot be put there either.
/// </summary>
internal sealed class RoomKeeper(DiskRoom room)
{
    /// <summary>Those that have room, in their order, and the outcomes of the others.</summary>
    public (IReadOnlyList<ApplyOrder> Fitting, IReadOnlyList<ApplyOutcome> Refused) Divide(IReadOnlyList<ApplyOrder> orders)
    {
        if (!orders.Any(TakesRoom))
            return (orders, []);
        var (bytes, files) = (room.FreeBytes(), room.FreeFiles());
        var fitting = new List<ApplyOrder>(orders.Count);
        var refused = new List<ApplyOutcome>();
        var refusedPaths = new HashSet<RelativePath>();
        foreach (var order in orders)
        {
            var path = order.Entry.Path;
            var needed = TakesRoom(order) ? DiskRoom.BytesOf(order.Source.Inline?.Length ?? 0) : 0;
            if (needed > 0 && (needed > bytes || files < 1))
            {
                refusedPaths.Add(path);
                refused.Add(new ApplyOutcome.Refused(order, $"the disk is too full for it: {Math.Max(0, bytes) >> 10} KiB and {Math.Max(0, files)} files are free beside the reserve"));
            }
            else if (refusedPaths.Count > 0 && path.Ancestors.Any(refusedPaths.Contains))
            {
                refused.Add(new ApplyOutcome.Refused(order, "the disk is too full for its directory"));
            }
            else
            {
                fitting.Add(order);
                bytes -= needed;
                files -= needed > 0 ? 1 : 0;
            }
        }
        return (fitting, refused);
    }

    private static bool TakesRoom(ApplyOrder order) => order.Entry.State.IsFolder || order.Source.Inline is not null;
}
