using Actors.Messages.Tree;

namespace Actors.Client.Planning;

/// <summary>Merges the three trees path by path, without regard to the shape of the result. Remembers what it found.</summary>
internal sealed class Merges(ReplicaTrees view)
{
    private readonly Dictionary<RelativePath, Merge> _merges = [];

    public ReplicaTrees View => view;

    public EntryState RemoteState(RelativePath path) => view.Remote(path)?.State ?? EntryState.Absent;

    public EntryState SyncedState(RelativePath path) => view.Synced(path)?.State ?? EntryState.Absent;

    public Merge Of(RelativePath path)
    {
        if (!_merges.TryGetValue(path, out var merge))
        {
            merge = HoldOf(path) is var (reason, on) ? new Merge(default, reason, on) : new Merge(TargetOf(path), null, path);
            _merges.Add(path, merge);
        }
        return merge;
    }

    private EntryState TargetOf(RelativePath path)
    {
        var local = view.Local(path).State;
        var synced = SyncedState(path);
        var remote = RemoteState(path);
        // One side changed, or both to the same.
        if (local == synced || local == remote)
            return remote;
        if (remote == synced)
            return local;
        // Both changed: an edit survives a deletion.
        if (local.IsAbsent)
            return remote;
        if (remote.IsAbsent)
            return local;
        return local.IsFile && remote.IsFile ? remote : EntryState.Folder;
    }

    private (HoldReason Reason, RelativePath On)? HoldOf(RelativePath path)
    {
        if (view.IsInFlight(path))
            return (HoldReason.InFlight, path);
        var local = view.Local(path);
        if (!local.IsSettled)
            return (local.Condition == LocalCondition.Held ? HoldReason.Held : HoldReason.Unsettled, path);
        var localIsLive = !local.State.IsAbsent;
        var remoteIsLive = !RemoteState(path).IsAbsent;
        for (var above = path.Parent; !above.IsRoot; above = above.Parent)
        {
            var directory = view.Local(above);
            if (directory.Condition == LocalCondition.Held)
                return (HoldReason.Held, above);
            // Seen before its directory was seen to be none: an old observation, and a new one follows.
            if (localIsLive && !(directory.IsSettled && directory.State.IsFolder))
                return (HoldReason.Unsettled, above);
            if (remoteIsLive && !RemoteState(above).IsFolder)
                return (HoldReason.RemoteIncomplete, above);
        }
        return null;
    }
}
