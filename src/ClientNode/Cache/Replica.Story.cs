using Actors.Client.Planning;
using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.Cache;

/// <summary>What people are told.</summary>
public sealed partial class Replica
{
    private const int NamedAtOnceMax = 100;

    private readonly NamedFew _modified = new(NamedAtOnceMax);
    private readonly NamedFew _updated = new(NamedAtOnceMax);

    // An own edit was told, and is not settled yet.
    private bool _isEditOpen;

    // After a welcome and after an update, the next moment in which all is settled is told; after an own edit it is not.
    private bool _isQuietOwed;

    // A pull was told, and nothing that came of it.
    private bool _isPullWithoutNews;

    private void Tell(string line, string details = "") => _effects.Add(new ReplicaEffect.Tell(StoryLines.With(line, details)));

    private void TellModification(string what)
    {
        (_isEditOpen, _isQuietOwed) = (true, false);
        if (_modified.TryName())
            Tell(StoryLines.Modifications, what);
    }

    private void TellPulling()
    {
        (_isPullTold, _isPullWithoutNews) = (true, true);
        Tell(StoryLines.PullingUpdates);
    }

    private void TellApplied(TreeEntry entry)
    {
        (_isQuietOwed, _isPullWithoutNews) = (true, false);
        var what = entry.State.IsAbsent ? "deleted, " : entry.State.IsFolder ? "folder, " : "";
        if (_updated.TryName())
            Tell(StoryLines.UpdatingLocalCopy, $"{entry.Path} ({what}version {entry.Version})");
        Record(NodeEventType.Info, EventNames.Apply, e => e with
        {
            Path = entry.Path.ToString(),
            Version = entry.Version,
            Hash = HashOf(entry.State),
            Bytes = entry.State.IsFile ? entry.State.Content.Size : null,
        });
        // The winner is told as well as the loser.
        if (entry.State.IsFile && ConflictName.IsOne(entry.Path))
        {
            Tell($"Conflict: the edit that lost is kept as {entry.Path}");
            Record(NodeEventType.Info, EventNames.Conflict, e => e with { Path = entry.Path.ToString(), Version = entry.Version });
        }
    }

    private void TellConflict(RelativePath path, RelativePath copy)
    {
        Tell($"Conflict: {path} was edited here and elsewhere; the edit made here is kept as {copy}");
        Record(NodeEventType.Info, EventNames.Conflict, e => e with { Path = copy.ToString() });
        _effects.Add(new ReplicaEffect.Examine([copy]));
    }

    /// <summary>The first scan is over.</summary>
    private void NoteFound()
    {
        foreach (var path in _trees.Below(RelativePath.Root).Where(path => IsFileHere(path) && IsNewName(path)))
            _trees[path] = _trees[path] with { IsFound = true };
    }

    /// <summary>The first of what was found goes to the server, of which everything is known now: so does the rest that it does not have.</summary>
    private void TellSharing(RelativePath path)
    {
        if (!_trees[path].IsFound)
            return;
        var found = _trees.Where(record => record.IsFound).ToList();
        var count = found.Count(path => IsFileHere(path) && _trees.Remote(path) is null or { State.IsAbsent: true });
        foreach (var shared in found)
            _trees[shared] = _trees[shared] with { IsFound = false };
        if (count > 0)
            Tell(StoryLines.Sharing(count));
    }

    private void TellMore()
    {
        if (_modified.TakeMore() is > 0 and var modified)
            Tell(StoryLines.Modifications, $"{modified} more");
        if (_updated.TakeMore() is > 0 and var updated)
            Tell(StoryLines.UpdatingLocalCopy, $"{updated} more");
    }

    private void TellQuiet()
    {
        if (!_isEditOpen && !_isQuietOwed && !_isPullWithoutNews && !_updated.HasMore)
            return;
        if (_session is null || !IsSettled)
            return;
        if (_modified.HasMore || _updated.HasMore)
            TellMore();
        if (_isPullWithoutNews && _trees.Behind.Count == 0)
            Tell(StoryLines.NothingToUpdate);
        if (_isQuietOwed)
            Tell(StoryLines.NoModifications);
        (_isEditOpen, _isQuietOwed, _isPullWithoutNews) = (false, false, false);
    }
}

/// <summary>
/// Of very many at once some are named and the rest is counted: ten thousand lines are not read by people, and what carries them
/// would be flooded.
/// </summary>
internal sealed class NamedFew(int most)
{
    private int _named;
    private int _more;

    /// <summary>Something waits to be told as a number.</summary>
    public bool HasMore => _more > 0;

    /// <summary>True: the next one is named. False: it is counted.</summary>
    public bool TryName()
    {
        if (_named == most)
        {
            _more++;
            return false;
        }
        _named++;
        return true;
    }

    /// <summary>How many were counted since the last call. Where none was, it is not very many any more: the next ones are named.</summary>
    public int TakeMore()
    {
        var more = _more;
        _more = 0;
        if (more == 0)
            _named = 0;
        return more;
    }
}
