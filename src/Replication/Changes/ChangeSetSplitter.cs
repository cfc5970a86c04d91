using Actors.Replication.Wire;

namespace Actors.Replication.Changes;

/// <summary>Cuts a list of changes, in its order, into change sets that each fit a Push.</summary>
public static class ChangeSetSplitter
{
    // Node, session, share, epoch, counter, digest and the settled counter, with room to spare.
    private const int PushBytesBesideChanges = 512;

    public static IReadOnlyList<IReadOnlyList<PathChange>> Split(IEnumerable<PathChange> changes)
    {
        var sets = new List<IReadOnlyList<PathChange>>();
        var set = new List<PathChange>();
        var inlineBytes = 0;
        var encodedBytes = PushBytesBesideChanges;
        foreach (var change in changes)
        {
            var inline = change.Inline?.Length ?? 0;
            var encoded = WireSize.Of(change);
            var full = set.Count == Limits.ChangesPerPushMax
                || inlineBytes + inline > Limits.InlineBytesMax
                || encodedBytes + encoded > Limits.MessageBytesMax;
            if (full && set.Count > 0)
            {
                sets.Add(set);
                set = [];
                inlineBytes = 0;
                encodedBytes = PushBytesBesideChanges;
            }
            set.Add(change);
            inlineBytes += inline;
            encodedBytes += encoded;
        }
        if (set.Count > 0)
            sets.Add(set);
        return sets;
    }
}
