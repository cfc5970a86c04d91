using Actors.Client.Storage;
using Actors.Messages.History;
using Actors.Messages.Tree;

namespace Actors.Lab.Observing;

/// <summary>What one replica has stored, followed commit by commit.</summary>
internal sealed class ReplicaRecord
{
    private readonly Dictionary<RelativePath, TreeEntry> _synced = [];
    private readonly Dictionary<RelativePath, SeenFile> _seen = [];
    private readonly Dictionary<ulong, StoredPush> _pushes = [];
    private readonly Dictionary<long, Intent> _intents = [];
    private readonly Dictionary<long, DisplacedFile> _displaced = [];

    public ReplicaIdentity? Identity { get; private set; }
    public SharePosition? Position { get; private set; }

    /// <summary>A hash of the synced tree.</summary>
    public ulong Tree { get; private set; }

    public IReadOnlyDictionary<RelativePath, TreeEntry> Synced => _synced;
    public IReadOnlyDictionary<RelativePath, SeenFile> Seen => _seen;
    public IReadOnlyCollection<StoredPush> PushesOpen => _pushes.Values;

    /// <summary>Updates that were begun, and of which nothing is stored yet.</summary>
    public IReadOnlyDictionary<long, Intent> Intents => _intents;

    /// <summary>Displaced files that are watched.</summary>
    public IReadOnlyDictionary<long, DisplacedFile> Displaced => _displaced;

    /// <summary>What a store holds when it is opened.</summary>
    public void Load(IReplicaStore store)
    {
        var facts = store.ReadFacts();
        (Identity, Position) = (facts.Identity, facts.Position);
        ForgetAgreement();
        foreach (var entry in store.ReadSynced())
            Set(entry.Path, entry);
        _seen.Clear();
        foreach (var (path, file) in store.ReadSeen())
            _seen[path] = file;
        foreach (var push in store.ReadPushes())
            _pushes[push.Counter] = push;
        _intents.Clear();
        foreach (var intent in store.ReadIntents())
            _intents[intent.Id] = intent;
        _displaced.Clear();
        foreach (var displaced in store.ReadDisplaced())
            _displaced[displaced.Id] = displaced;
    }

    /// <summary>What <see cref="Tree"/> is once these changes are applied.</summary>
    public ulong TreeAfter(ReplicaChanges changes)
    {
        var tree = changes.ForgetAgreement ? 0 : Tree;
        foreach (var (path, entry) in changes.Synced)
        {
            if (!changes.ForgetAgreement && _synced.TryGetValue(path, out var before))
                tree -= TreeHash.Of(before);
            tree += entry is null ? 0 : TreeHash.Of(entry);
        }
        return tree;
    }

    public void Apply(ReplicaChanges changes)
    {
        Identity = changes.Identity ?? Identity;
        if (changes.ForgetAgreement)
        {
            ForgetAgreement();
            Position = null;
        }
        Position = changes.Position ?? Position;
        foreach (var (path, entry) in changes.Synced)
            Set(path, entry);
        foreach (var (path, file) in changes.Seen)
        {
            if (file is { } seen)
                _seen[path] = seen;
            else
                _seen.Remove(path);
        }
        foreach (var push in changes.Pushes)
            _pushes[push.Counter] = push;
        foreach (var counter in changes.SettledPushes)
            _pushes.Remove(counter);
        foreach (var intent in changes.Intents)
            _intents[intent.Id] = intent;
        foreach (var id in changes.IntentsDone)
            _intents.Remove(id);
        foreach (var displaced in changes.Displaced)
            _displaced[displaced.Id] = displaced;
        foreach (var id in changes.DisplacedDone)
            _displaced.Remove(id);
    }

    private void ForgetAgreement()
    {
        _synced.Clear();
        _pushes.Clear();
        Tree = 0;
    }

    private void Set(RelativePath path, TreeEntry? entry)
    {
        if (_synced.Remove(path, out var before))
            Tree -= TreeHash.Of(before);
        if (entry is null)
            return;
        _synced.Add(path, entry);
        Tree += TreeHash.Of(entry);
    }
}
