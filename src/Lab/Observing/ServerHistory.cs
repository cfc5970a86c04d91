using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Lab.Observing;

/// <summary>
/// What the server has committed, kept apart from its store: the log of the share, the tree after each commit, and what a
/// backup that was put back took away.
/// </summary>
internal sealed class ServerHistory
{
    private readonly List<LogRow> _log = [];
    private readonly Dictionary<RelativePath, TreeEntry> _current = [];
    private readonly Dictionary<ContentRef, int> _contents = [];
    private readonly Dictionary<ContentHash, ulong> _treeAfter = new() { [default] = 0 };
    private readonly HashSet<EpochId> _epochs = [];
    private readonly HashSet<(PushId Push, ulong Seq)> _everCommitted = [];
    private ulong _tree;

    /// <summary>A commit is durable; the trees are those of before it.</summary>
    public Action<LogRow>? Committing { get; set; }

    /// <summary>A commit that was known to be durable is not there any more.</summary>
    public Action<string>? Lost { get; set; }

    /// <summary>A backup was put back: contents that it does not have, and whether they were the newest of a path.</summary>
    public Action<IReadOnlyDictionary<ContentRef, bool>>? Truncated { get; set; }

    /// <summary>A backup is about to be put back: commits may be missing at the next start.</summary>
    public bool IsRestored { get; set; }

    public IReadOnlyList<LogRow> Log => _log;
    public ulong Head => (ulong)_log.Count;
    public long Commits { get; private set; }
    public int Epochs => _epochs.Count;

    public ContentHash Chain => _log.Count == 0 ? default : _log[^1].Chain;

    public TreeEntry? Find(RelativePath path) => _current.GetValueOrDefault(path);

    /// <summary>What lives below a directory now.</summary>
    public IEnumerable<RelativePath> LiveBelow(RelativePath directory) =>
        _current.Values.Where(entry => !entry.State.IsAbsent && directory.IsAncestorOf(entry.Path)).Select(entry => entry.Path);

    public bool Holds(ContentRef content) => content.Size == 0 || _contents.ContainsKey(content);

    /// <summary>Whether it is what some path holds now.</summary>
    public bool IsCurrent(ContentRef content) => _current.Values.Any(entry => entry.State.IsFile && entry.State.Content == content);

    /// <summary>A hash of the tree after the commit with this chain hash; null: there never was one.</summary>
    public ulong? TreeAfter(ContentHash chain) => _treeAfter.TryGetValue(chain, out var tree) ? tree : null;

    public void Note(EpochId epoch) => _epochs.Add(epoch);

    /// <summary>Whether a push was once committed with that number, in whatever epoch.</summary>
    public bool WasCommitted(PushId push, ulong seq) => _everCommitted.Contains((push, seq));

    public void Add(LogRow row)
    {
        Committing?.Invoke(row);
        Commits++;
        Append(row);
    }

    /// <summary>What lived after a commit.</summary>
    public Dictionary<RelativePath, TreeEntry> TreeAt(ulong commit)
    {
        var tree = new Dictionary<RelativePath, TreeEntry>();
        foreach (var row in _log.Take((int)commit))
        {
            foreach (var change in row.Changes)
            {
                tree.Remove(change.Path);
                if (!change.To.IsAbsent)
                    tree.Add(change.Path, new TreeEntry(change.Path, change.To, row.Commit.Sequence));
            }
        }
        return tree;
    }

    /// <summary>A server opens its store: what is there is compared with what was there.</summary>
    public void Reopen(IShareStore store)
    {
        using var reader = store.OpenReader();
        using var snapshot = reader.Snapshot();
        if (snapshot.Shares() is not [var share, ..])
        {
            if (IsRestored)
                Rewind([]);
            else if (_log.Count > 0)
                Lost?.Invoke($"of {_log.Count} commits the store has none");
            return;
        }
        var head = snapshot.Head(share.Id);
        if (IsRestored)
            Rewind(snapshot.ReadLog(share.Id, 0, int.MaxValue));
        else if (head.Seq < Head || snapshot.ChainAt(share.Id, Head) != Chain)
            Lost?.Invoke($"of {_log.Count} commits the store has {head.Seq}, or others");
        // Durable, although the process ended before it knew.
        CatchUp(snapshot);
        _epochs.Add(head.Epoch);
        IsRestored = false;
    }

    /// <summary>What is in the store, and not noted yet, is. Returns it.</summary>
    public IReadOnlyList<LogRow> CatchUp(IShareSnapshot store)
    {
        if (store.Shares() is not [var share, ..])
            return [];
        var rows = store.ReadLog(share.Id, Head, int.MaxValue);
        foreach (var row in rows)
            Add(row);
        return rows;
    }

    /// <summary>The log is an older one from now on, or one of another course of events, if backups were put back more than once.</summary>
    private void Rewind(IReadOnlyList<LogRow> log)
    {
        var gone = _contents.Keys.ToDictionary(content => content, IsCurrent);
        _log.Clear();
        _current.Clear();
        _contents.Clear();
        _tree = 0;
        // It may hold what the server had written and could not make durable: no client was told of it, and it counts from now on.
        foreach (var row in log)
            Append(row);
        foreach (var content in _contents.Keys)
            gone.Remove(content);
        Truncated?.Invoke(gone);
    }

    private void Append(LogRow row)
    {
        _log.Add(row);
        _everCommitted.Add((row.Commit.Push, row.Commit.Sequence));
        foreach (var change in row.Changes)
        {
            if (_current.TryGetValue(change.Path, out var before))
                _tree -= TreeHash.Of(before);
            var entry = new TreeEntry(change.Path, change.To, row.Commit.Sequence) { Author = row.Commit.Author };
            _current[change.Path] = entry;
            _tree += TreeHash.Of(entry);
            if (change.To.IsFile)
                _contents[change.To.Content] = _contents.GetValueOrDefault(change.To.Content) + 1;
        }
        _treeAfter[row.Chain] = _tree;
    }
}

/// <summary>A number for an entry; that of a tree is their sum, so that it follows each change at little cost.</summary>
internal static class TreeHash
{
    /// <summary>0 for what is absent.</summary>
    public static ulong Of(TreeEntry entry)
    {
        if (entry.State.IsAbsent)
            return 0;
        var hash = 0xcbf29ce484222325UL ^ entry.Version;
        Span<byte> content = stackalloc byte[Messages.Content.ContentHash.Size];
        entry.State.Content.Hash.CopyTo(content);
        foreach (var part in entry.Path.Bytes)
            hash = Mix(hash, part);
        hash = Mix(hash, (byte)entry.State.Kind);
        foreach (var part in content[..8])
            hash = Mix(hash, part);
        return hash;
    }

    private static ulong Mix(ulong hash, byte part) => unchecked((hash ^ part) * 0x100000001b3);
}
