using Actors.Client.Planning;
using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Lab.Checking;

/// <summary>
/// A save is no conflict with the version that it was made on top of; and what was made where a deletion had been carried out
/// is not removed because of that deletion.
/// </summary>
internal sealed class ConflictChecker(ServerHistory history, RecordedStorage storage, Findings findings, Coverage coverage)
{
    public const string Name = "conflict";

    private readonly List<(ClientSite Site, RelativePath Path, EntryState Below, EntryState Saved)> _saves = [];

    private readonly List<(ClientSite Site, RelativePath Path, ulong Inode, ulong Deletion)> _made = [];

    /// <summary>A user has saved a file on top of what the node had put there.</summary>
    public void Saved(ClientSite site, RelativePath path, EntryState below, EntryState saved) => _saves.Add((site, path, below, saved));

    /// <summary>A user has made a file where the node had carried out a deletion, of that version.</summary>
    public void MadeAgain(ClientSite site, RelativePath path, ulong inode, ulong deletion) => _made.Add((site, path, inode, deletion));

    /// <summary>Nothing counts as agreed on with the server any more: then all that differs is in conflict.</summary>
    public void Forget(ClientSite site)
    {
        _saves.RemoveAll(save => save.Site == site);
        _made.RemoveAll(made => made.Site == site);
    }

    /// <summary>A node has moved a file into its own directory, or out of it.</summary>
    public void Moved(ClientSite site, RelativePath from, RelativePath to)
    {
        if (!to.IsReserved || _made.Count == 0 || DiskEye.Find(site.Machine, $"{ClientSite.Root}/{to}") is not { } file)
            return;
        foreach (var made in _made.Where(made => made.Site == site && made.Path == from && made.Inode == file.Number).ToList())
        {
            _made.Remove(made);
            if ((history.Find(from)?.Version ?? 0) <= made.Deletion)
                findings.Add(Name, $"{site.Name} removes {from}, which its user has made again after the deletion in version {made.Deletion} had been carried out");
        }
    }

    /// <summary>A node starts. Of what is not there then it cannot tell whether the update below it was undone by a loss of power.</summary>
    public void Start(Site site) => _saves.RemoveAll(save =>
        save.Site == site && VisibleTree.ContentAt(site.Machine, $"{ClientSite.Root}/{save.Path}") is null);

    /// <summary>The path that a conflict copy is named after.</summary>
    public static RelativePath OriginalOf(RelativePath copy)
    {
        var text = copy.ToString();
        var (from, to) = (text.LastIndexOf(" (conflict of ", StringComparison.Ordinal), text.LastIndexOf(')'));
        return RelativePath.Parse(text[..from] + text[(to + 1)..]);
    }

    public void Check(LogRow row)
    {
        if (_saves.Count == 0)
            return;
        var owners = storage.Owners(row.Commit.Push.Node);
        foreach (var save in _saves.Where(save => owners.Contains(save.Site)).ToList())
        {
            if (!row.Changes.Any(change => change.To == save.Saved))
                continue;
            coverage.Reached(Checkers.Of(Name));
            _saves.Remove(save);
            var isCopy = row.Changes.Any(change => change.To == save.Saved && ConflictName.IsOne(change.Path) && OriginalOf(change.Path) == save.Path);
            // Of a replica and its clone either may have made the copy.
            if (isCopy && owners.All(site => storage.RecordOf(site).Synced.GetValueOrDefault(save.Path)?.State == save.Below))
                findings.Add(Name, $"commit {row.Commit.Sequence} of client {row.Commit.Author} makes a conflict copy of what was saved on top of the version of {save.Path} that it lost against");
        }
    }
}
