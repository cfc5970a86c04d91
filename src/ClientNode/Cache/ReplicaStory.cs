using Actors.Client.Planning;
using Actors.Messages.History;
using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.Cache;

/// <summary>What people are told of a replica, and what is recorded of it for the laboratory.</summary>
internal sealed class ReplicaStory(ReplicaOutput output, string share, Func<EpochId?> epoch)
{
    private const int NamedAtOnceMax = 100;
    private const int HeldNamedMax = 20;

    private readonly NamedFew _edited = new(NamedAtOnceMax);
    private readonly NamedFew _applied = new(NamedAtOnceMax);

    // Each is named once; `status` lists them all.
    private readonly HashSet<RelativePath> _held = [];

    // An own edit was told, and is not settled yet.
    private bool _isEditOpen;

    // After a welcome and after an update, the next moment in which all is settled is told; after an own edit it is not.
    private bool _isQuietOwed;

    // Of a pull that follows an invalidation people are told.
    private bool _isPullTold = true;

    // A pull was told, and nothing that came of it.
    private bool _isPullWithoutNews;

    /// <summary>The next moment in which all is settled has to be told.</summary>
    public bool IsQuietAwaited => _isEditOpen || _isQuietOwed || _isPullWithoutNews || _applied.HasMore;

    public void Narrate(string line, string details = "") => output.Add(new ReplicaEffect.Narrate(StoryLines.With(line, details)));

    public void Record(NodeEventType type, string name, Func<NodeEvent, NodeEvent> details) =>
        output.Add(new ReplicaEffect.Record(details(new NodeEvent(type, name) { Share = share, Epoch = epoch()?.ToString() })));

    public static string? HashOf(EntryState state) => state.IsFile ? state.Content.Hash.ToString() : null;

    public void Welcomed() => _isQuietOwed |= !_isEditOpen;

    public void Left()
    {
        Record(NodeEventType.Info, EventNames.Leave, e => e);
        (_isPullTold, _isPullWithoutNews) = (true, false);
    }

    public void Edited(string what)
    {
        (_isEditOpen, _isQuietOwed) = (true, false);
        if (_edited.TryName())
            Narrate(StoryLines.Modifications, what);
    }

    public void Held(RelativePath path, string reason)
    {
        if (_held.Add(path) && _held.Count <= HeldNamedMax)
            Narrate($"Not synced: {path}: {reason}");
    }

    public void Invalidated(ulong head, IReadOnlyList<RelativePath> paths)
    {
        Narrate(StoryLines.InvalidationRequest, paths.Count switch
        {
            0 => "",
            1 => paths[0].ToString(),
            _ => $"{paths.Count} paths",
        });
        Record(NodeEventType.Info, EventNames.Invalidate, e => e with { Seq = head });
        _isPullTold = false;
    }

    public void Pulling()
    {
        if (_isPullTold)
            return;
        (_isPullTold, _isPullWithoutNews) = (true, true);
        Narrate(StoryLines.PullingUpdates);
    }

    public void Applied(TreeEntry entry)
    {
        (_isQuietOwed, _isPullWithoutNews) = (true, false);
        var what = entry.State.IsAbsent ? "deleted, " : entry.State.IsFolder ? "folder, " : "";
        if (_applied.TryName())
            Narrate(StoryLines.UpdatingLocalCopy, $"{entry.Path} ({what}version {entry.Version})");
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
            Narrate($"Conflict: the edit that lost is kept as {entry.Path}");
            Record(NodeEventType.Info, EventNames.Conflict, e => e with { Path = entry.Path.ToString(), Version = entry.Version });
        }
    }

    public void LostConflict(RelativePath path, RelativePath copy)
    {
        Narrate($"Conflict: {path} was edited here and elsewhere; the edit made here is kept as {copy}");
        Record(NodeEventType.Info, EventNames.Conflict, e => e with { Path = copy.ToString() });
    }

    /// <summary>What was too much to be named at once.</summary>
    public void More()
    {
        if (_edited.TakeMore() is > 0 and var edited)
            Narrate(StoryLines.Modifications, $"{edited} more");
        if (_applied.TakeMore() is > 0 and var applied)
            Narrate(StoryLines.UpdatingLocalCopy, $"{applied} more");
    }

    /// <summary>All is settled.</summary>
    public void Quiet(bool isNothingBehind)
    {
        if (_edited.HasMore || _applied.HasMore)
            More();
        if (_isPullWithoutNews && isNothingBehind)
            Narrate(StoryLines.NothingToUpdate);
        if (_isQuietOwed)
            Narrate(StoryLines.NoModifications);
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
