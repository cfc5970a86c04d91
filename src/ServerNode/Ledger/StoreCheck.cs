using Actors.Messages.Content;
using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Server.Ledger;

/// <summary>
/// Reads what a store keeps of its shares and compares it with what was committed: each link of the hash chains, the
/// current entry of each path, and each byte of content that a commit names. Memory: a name for each content. What the
/// store keeps for its clients (nodes, outcomes, epochs) and uploads that were never committed are not read.
/// </summary>
/// <param name="snapshot">What is read.</param>
/// <param name="moved">Called again and again while it goes on.</param>
internal sealed class StoreCheck(IShareSnapshot snapshot, Action<StoreCheck> moved)
{
    private const int PartsAtATime = 64;

    private readonly HashSet<ContentRef> _contents = [];

    public long Commits { get; private set; }
    public long Paths { get; private set; }
    public long Contents => _contents.Count;
    public long ContentBytes { get; private set; }

    /// <summary>What is not as it was committed, as it is found.</summary>
    /// <exception cref="StoreCorruptException">Something cannot be read, and what comes after it neither.</exception>
    public IEnumerable<string> Findings() => snapshot.Shares().SelectMany(Findings);

    private IEnumerable<string> Findings(ShareRow share)
    {
        // Both come in the order of the commits.
        using var entries = snapshot.EntriesAfter(share.Id, 0, RelativePath.Root).GetEnumerator();
        var isEntry = entries.MoveNext();
        foreach (var (row, isLinked) in ChainCheck.Walk(snapshot, share.Id, after: 0))
        {
            var seq = row.Commit.Sequence;
            if (!isLinked)
                yield return ChainCheck.Damaged(share, seq);
            var current = new Dictionary<RelativePath, TreeEntry>();
            for (; isEntry && entries.Current.Version <= seq; isEntry = entries.MoveNext())
            {
                Paths++;
                if (entries.Current.Version == seq)
                    current.Add(entries.Current.Path, entries.Current);
                else
                    yield return NotCommitted(share, entries.Current);
            }
            foreach (var change in row.Changes)
            {
                var committed = new TreeEntry(change.Path, change.To, seq)
                {
                    Author = row.Commit.Author,
                    CommittedAtUs = row.Commit.CommittedAtUs,
                    SnapshotOfOpenFile = change.SnapshotOfOpenFile,
                };
                if (current.Remove(change.Path, out var entry) ? entry != committed : !(snapshot.Find(share.Id, change.Path)?.Version > seq))
                    yield return $"share {share.Name}: {change.Path} is not as commit {seq} left it";
                if (change.To.IsFile && CheckContent(change.To.Content) is { } fault)
                    yield return $"share {share.Name}: of {change.Path}, version {seq}, {fault}";
            }
            foreach (var entry in current.Values)
                yield return NotCommitted(share, entry);
            Commits++;
            moved(this);
        }
        for (; isEntry; isEntry = entries.MoveNext())
            yield return NotCommitted(share, entries.Current);
    }

    private static string NotCommitted(ShareRow share, TreeEntry entry) =>
        $"share {share.Name}: {entry.Path} says that commit {entry.Version} has changed it, and the log does not";

    private string? CheckContent(ContentRef content)
    {
        if (!_contents.Add(content))
            return null;
        using var check = new ContentCheck(content);
        while (!check.Advance(snapshot, PartsAtATime))
            moved(this);
        ContentBytes += content.Size;
        return check.Fault ?? (content.IsSingleChunk || snapshot.FindContent(content.Root) == content ? null : "the content is whole, and the store does not say so");
    }
}
