using System.Collections.Immutable;
using Actors.Client.Storage;
using Actors.Messages.Tree;

namespace Actors.Lab.Storage;

/// <summary>All that a replica's state holds after one commit.</summary>
internal sealed record ReplicaState(
    ReplicaFacts Facts,
    ImmutableSortedDictionary<RelativePath, TreeEntry> Synced,
    ImmutableSortedDictionary<RelativePath, SeenFile> Seen,
    ImmutableSortedDictionary<ulong, StoredPush> Pushes,
    ImmutableSortedDictionary<long, Intent> Intents,
    ImmutableSortedDictionary<long, DisplacedFile> Displaced)
{
    private const int RowBytes = 100;

    public static ReplicaState Empty { get; } = new(
        new ReplicaFacts(null, null, null, 0, ""),
        ImmutableSortedDictionary<RelativePath, TreeEntry>.Empty,
        ImmutableSortedDictionary<RelativePath, SeenFile>.Empty,
        ImmutableSortedDictionary<ulong, StoredPush>.Empty,
        ImmutableSortedDictionary<long, Intent>.Empty,
        ImmutableSortedDictionary<long, DisplacedFile>.Empty);

    /// <exception cref="ReplicaStoreException">A push or an intent is there already.</exception>
    public ReplicaState After(ReplicaChanges changes)
    {
        var state = changes.ForgetAgreement ? this with { Facts = Facts with { Position = null, Newest = null }, Synced = Empty.Synced, Pushes = Empty.Pushes } : this;
        return state with
        {
            Facts = new ReplicaFacts(
                changes.Identity ?? state.Facts.Identity,
                changes.Position ?? state.Facts.Position,
                changes.Newest ?? state.Facts.Newest,
                changes.LastCounter ?? state.Facts.LastCounter,
                changes.Name ?? state.Facts.Name),
            Synced = state.SyncedAfter(changes),
            Seen = state.SeenAfter(changes),
            Pushes = Add(state.Pushes.RemoveRange(changes.SettledPushes), changes.Pushes.Select(WithoutContent), push => push.Counter),
            Intents = Add(state.Intents.RemoveRange(changes.IntentsDone), changes.Intents, intent => intent.Id),
            Displaced = changes.Displaced.Aggregate(state.Displaced.RemoveRange(changes.DisplacedDone), (rows, file) => rows.SetItem(file.Id, file)),
        };
    }

    /// <summary>About what a database would write for these changes.</summary>
    public static int BytesOf(ReplicaChanges changes)
    {
        var rows = 1 + changes.Synced.Count + changes.Seen.Count + changes.Intents.Count + changes.IntentsDone.Count
            + changes.Displaced.Count + changes.DisplacedDone.Count + changes.SettledPushes.Count;
        foreach (var push in changes.Pushes)
            rows += 1 + push.Changes.Count;
        return rows * RowBytes;
    }

    private ImmutableSortedDictionary<RelativePath, TreeEntry> SyncedAfter(ReplicaChanges changes)
    {
        var synced = Synced;
        foreach (var (path, entry) in changes.Synced)
            synced = entry is { State.IsAbsent: false } ? synced.SetItem(path, entry) : synced.Remove(path);
        return synced;
    }

    private ImmutableSortedDictionary<RelativePath, SeenFile> SeenAfter(ReplicaChanges changes)
    {
        var seen = Seen;
        foreach (var (path, file) in changes.Seen)
            seen = file is { } known ? seen.SetItem(path, known) : seen.Remove(path);
        return seen;
    }

    // Content that rides along is not stored: it is on the replica's disk.
    private static StoredPush WithoutContent(StoredPush push) =>
        push with { Changes = [.. push.Changes.Select(change => change.Inline is null ? change : change with { Inline = null })] };

    private static ImmutableSortedDictionary<TKey, TRow> Add<TKey, TRow>(ImmutableSortedDictionary<TKey, TRow> rows, IEnumerable<TRow> added, Func<TRow, TKey> keyOf)
        where TKey : notnull
    {
        foreach (var row in added)
        {
            if (rows.ContainsKey(keyOf(row)))
                throw new ReplicaStoreException($"the state cannot be written: {typeof(TRow).Name} {keyOf(row)} is there already", isDiskFull: false);
            rows = rows.Add(keyOf(row), row);
        }
        return rows;
    }
}
