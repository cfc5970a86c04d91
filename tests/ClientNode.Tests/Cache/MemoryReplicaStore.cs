using Actors.Client.Storage;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.Cache;

/// <summary>A replica's state that lives as long as the test.</summary>
internal sealed class MemoryReplicaStore : IReplicaStore
{
    private readonly SortedDictionary<RelativePath, TreeEntry> _synced = [];
    private readonly SortedDictionary<RelativePath, SeenFile> _seen = [];
    private readonly SortedDictionary<ulong, StoredPush> _pushes = [];
    private readonly SortedDictionary<long, Intent> _intents = [];
    private readonly SortedDictionary<long, DisplacedFile> _displaced = [];
    private ReplicaFacts _facts = new(null, null, null, 0, "");

    /// <summary>Whether the disk has no room for another commit.</summary>
    public bool IsFull { get; set; }

    public ReplicaFacts ReadFacts() => _facts;

    public IEnumerable<TreeEntry> ReadSynced() => _synced.Values;

    public IEnumerable<(RelativePath Path, SeenFile File)> ReadSeen() => _seen.Select(item => (item.Key, item.Value));

    public IReadOnlyList<StoredPush> ReadPushes() => [.. _pushes.Values];

    public IReadOnlyList<Intent> ReadIntents() => [.. _intents.Values];

    public IReadOnlyList<DisplacedFile> ReadDisplaced() => [.. _displaced.Values];

    public void Commit(ReplicaChanges changes)
    {
        if (IsFull)
            throw new ReplicaStoreException("the disk is full", isDiskFull: true);
        if (changes.ForgetAgreement)
        {
            _facts = _facts with { Position = null, Newest = null };
            _synced.Clear();
            _pushes.Clear();
        }
        _facts = new ReplicaFacts(
            changes.Identity ?? _facts.Identity,
            changes.Position ?? _facts.Position,
            changes.Newest ?? _facts.Newest,
            changes.LastCounter ?? _facts.LastCounter,
            changes.Name ?? _facts.Name);
        foreach (var (path, entry) in changes.Synced)
            Put(_synced, path, entry is { State.IsAbsent: false } ? entry : null);
        foreach (var (path, file) in changes.Seen)
        {
            if (file is { } seen)
                _seen[path] = seen;
            else
                _seen.Remove(path);
        }
        changes.SettledPushes.ForEach(counter => _pushes.Remove(counter));
        changes.Pushes.ForEach(push => _pushes.Add(push.Counter, push));
        changes.IntentsDone.ForEach(id => _intents.Remove(id));
        changes.Intents.ForEach(intent => _intents.Add(intent.Id, intent));
        changes.DisplacedDone.ForEach(id => _displaced.Remove(id));
        changes.Displaced.ForEach(file => _displaced[file.Id] = file);
    }

    public void Dispose()
    {
    }

    private static void Put<TKey, TValue>(SortedDictionary<TKey, TValue> rows, TKey key, TValue? value)
        where TKey : notnull
        where TValue : class
    {
        if (value is null)
            rows.Remove(key);
        else
            rows[key] = value;
    }
}
