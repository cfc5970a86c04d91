using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.Planning.Model;

/// <summary>The registry's rules in their plainest form: current versions, base checks, a whole tree after each commit.</summary>
internal sealed class ModelServer
{
    private readonly SortedDictionary<RelativePath, TreeEntry> _entries = [];

    public ulong Head { get; private set; }

    /// <summary>All content that was ever committed.</summary>
    public HashSet<ContentHash> History { get; } = [];

    public IEnumerable<TreeEntry> Entries => _entries.Values;

    public IEnumerable<TreeEntry> Live => _entries.Values.Where(entry => !entry.State.IsAbsent);

    /// <summary>The accepted entries, or (where refused) null and the entries that stood in the way.</summary>
    public (IReadOnlyList<TreeEntry>? Accepted, IReadOnlyList<TreeEntry> Current) Commit(IReadOnlyList<PathChange> changes)
    {
        var after = new SortedDictionary<RelativePath, TreeEntry>(_entries);
        var offending = new SortedSet<RelativePath>(changes.Where(change => !IsBasedOnCurrent(change)).Select(change => change.Path));
        var accepted = changes.Select(change => new TreeEntry(change.Path, change.To, Head + 1)).ToList();
        foreach (var entry in accepted)
            after[entry.Path] = entry;
        foreach (var entry in after.Values.Where(entry => !entry.State.IsAbsent))
        {
            foreach (var above in entry.Path.Ancestors.Where(above => !State(after, above).IsFolder))
            {
                offending.Add(above);
                offending.Add(entry.Path);
            }
        }
        if (offending.Count > 0)
            return (null, [.. offending.Select(path => _entries.GetValueOrDefault(path) ?? new TreeEntry(path, EntryState.Absent, 0))]);
        Head++;
        foreach (var entry in accepted)
        {
            _entries[entry.Path] = entry;
            if (entry.State.IsFile)
                History.Add(entry.State.Content.Hash);
        }
        return (accepted, []);
    }

    /// <summary>The current entries after (version, path), at most so many; whether that was all.</summary>
    public (IReadOnlyList<TreeEntry> Entries, bool Complete) Page(ulong version, RelativePath path, int count)
    {
        var rest = _entries.Values
            .Where(entry => entry.Version > version || (entry.Version == version && entry.Path > path))
            .OrderBy(entry => entry.Version).ThenBy(entry => entry.Path).Take(count + 1).ToList();
        return (rest.Take(count).ToList(), rest.Count <= count);
    }

    private static EntryState State(SortedDictionary<RelativePath, TreeEntry> entries, RelativePath path) =>
        entries.GetValueOrDefault(path)?.State ?? EntryState.Absent;

    private bool IsBasedOnCurrent(PathChange change)
    {
        var current = _entries.GetValueOrDefault(change.Path);
        return (current?.Version ?? 0) == change.Base || (State(_entries, change.Path).IsAbsent && !change.To.IsAbsent);
    }
}
