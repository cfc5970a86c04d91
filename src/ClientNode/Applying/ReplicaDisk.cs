using Actors.Client.Files;
using Actors.Client.Storage;
using Actors.Replication.Tree;

namespace Actors.Client.Applying;

/// <summary>
/// A replica's files and its stored state, and the order between them: names that an update has put are made durable
/// before the state says that they are there.
/// </summary>
public sealed class ReplicaDisk(IFileSystem files, FileSystemTraits traits, IReplicaStore store)
{
    /// <summary>From so many on, one call for the whole file system is cheaper than one for each.</summary>
    private const int FlushAllFrom = 8;

    private readonly HashSet<RelativePath> _unflushed = [];
    private readonly List<long> _intentsDone = [];
    private readonly List<DisplacedFile> _displaced = [];
    private readonly SortedDictionary<long, DisplacedFile> _openDisplaced =
        new(store.ReadDisplaced().ToDictionary(displaced => displaced.Id));
    private readonly List<long> _displacedDone = [];

    public IFileSystem Files => files;
    public FileSystemTraits Traits => traits;
    public IReplicaStore Store => store;

    /// <summary>Whether one call for everything is better than one for each of so many.</summary>
    public static bool ShouldFlushAll(FileSystemTraits traits, int count) => traits.FlushesAll && count >= FlushAllFrom;

    /// <summary>
    /// A commit failed, and with it what it was to store is forgotten here: whatever is stored after it would be the end of
    /// something without its beginning. The state must be read anew.
    /// </summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether a commit is owed for what was done on disk.</summary>
    public bool HasChanges => _intentsDone.Count + _displaced.Count + _displacedDone.Count > 0;

    /// <summary>A name in the directory was made or taken away.</summary>
    public void NoteChanged(RelativePath directory) => _unflushed.Add(directory);

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
        if (ShouldFlushAll(traits, _unflushed.Count))
        {
            files.FlushAll();
        }
        else
        {
            foreach (var directory in _unflushed)
                files.FlushDirectory(directory);
        }
        _unflushed.Clear();
    }
}
