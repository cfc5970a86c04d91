using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Server.Ledger;

/// <summary>
/// Judges a change set as a whole against the current tree. What it accepts keeps the tree whole: every live path lies in
/// live directories.
/// </summary>
internal sealed class PushJudge
{
    /// <summary>Live descendants that a refusal names; a client that needs more of them pulls.</summary>
    public const int DescendantsNamedMax = 256;

    private readonly IShareSnapshot _tree;
    private readonly int _share;
    private readonly IReadOnlyList<PathChange> _changes;
    private readonly Dictionary<RelativePath, PathChange> _byPath;
    private readonly SortedDictionary<RelativePath, TreeEntry> _inTheWay = [];
    private readonly HashSet<RelativePath> _foldersSeen = [];

    private PushJudge(IShareSnapshot tree, int share, IReadOnlyList<PathChange> changes)
    {
        _tree = tree;
        _share = share;
        _changes = changes;
        _byPath = changes.ToDictionary(change => change.Path);
    }

    /// <summary>Why the change set cannot be committed: it is refused, or content is missing. Null: it can.</summary>
    public static LedgerResult? Judge(IShareSnapshot tree, int share, IReadOnlyList<PathChange> changes) => new PushJudge(tree, share, changes).Judge();

    private LedgerResult? Judge()
    {
        foreach (var change in _changes)
        {
            var current = _tree.Find(_share, change.Path) ?? NeverExisted(change.Path);
            if (!HoldsBase(change, current))
                _inTheWay[change.Path] = current;
            if (!change.To.IsAbsent && FindContradiction(change) is { } text)
                return new LedgerResult.Rejected(PushRejection.Malformed, text);
            if (!change.To.IsFolder && current.State.IsFolder)
                FindSurvivorsBelow(change.Path);
        }
        if (_inTheWay.Count > 0)
            return new LedgerResult.Rejected(PushRejection.Stale, "", [.. _inTheWay.Values]);
        var missing = MissingContents();
        return missing.Count > 0 ? new LedgerResult.ContentAwaited(missing) : null;
    }

    /// <summary>An edit survives a deletion: where nothing is, anything may come, whatever it was based on.</summary>
    private static bool HoldsBase(PathChange change, TreeEntry current) =>
        change.Base == current.Version || (current.State.IsAbsent && !change.To.IsAbsent);

    private string? FindContradiction(PathChange change)
    {
        foreach (var folder in change.Path.Ancestors)
        {
            if (_byPath.TryGetValue(folder, out var above))
            {
                if (!above.To.IsFolder)
                    return $"{change.Path} lies in {folder}, which the same push takes away";
                continue;
            }
            if (!_foldersSeen.Add(folder))
                return null;
            var current = _tree.Find(_share, folder) ?? NeverExisted(folder);
            // What lies above a live directory is whole, or the push takes something above away that still holds it: then
            // this directory is found among the survivors.
            if (current.State.IsFolder)
                return null;
            _inTheWay[folder] = current;
        }
        return null;
    }

    private void FindSurvivorsBelow(RelativePath folder)
    {
        foreach (var entry in _tree.LiveBelow(_share, folder, _changes.Count + DescendantsNamedMax))
        {
            if (!_byPath.TryGetValue(entry.Path, out var change) || !change.To.IsAbsent)
                _inTheWay[entry.Path] = entry;
        }
    }

    private List<ContentRef> MissingContents()
    {
        var missing = new List<ContentRef>();
        var seen = new HashSet<ContentRef>();
        foreach (var change in _changes)
        {
            // Bytes that ride along were checked against the hash as the push was read; one path's serve another's.
            if (change.To.IsFile && change.Inline is not null)
                seen.Add(change.To.Content);
        }
        foreach (var change in _changes)
        {
            if (change.To.IsFile && seen.Add(change.To.Content) && !Holds(change.To.Content))
                missing.Add(change.To.Content);
        }
        return missing;
    }

    /// <summary>Whether content is here whole.</summary>
    private bool Holds(ContentRef content) =>
        content.IsSingleChunk
            ? content == ContentRef.Empty || _tree.PartLength(content.Hash) == content.Size
            : _tree.FindContent(content.Root) == content;

    private static TreeEntry NeverExisted(RelativePath path) => new(path, EntryState.Absent, 0);
}
