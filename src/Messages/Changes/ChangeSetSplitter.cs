using Actors.Messages.Wire;

namespace Actors.Messages.Changes;

/// <summary>
/// Cuts changes into change sets that each fit a Push. Their order is kept, but for files whose bytes do not ride along:
/// each of them comes last and by itself, so that its upload holds back nothing else. Nothing depends on a file.
/// </summary>
public static class ChangeSetSplitter
{
    // Node, session, share, epoch, counter, digest and the settled counter, with room to spare.
    private const int PushBytesBesideChanges = 512;

    public static IReadOnlyList<IReadOnlyList<PathChange>> Split(IEnumerable<PathChange> changes) =>
        SplitGroups(changes.Select(change => (IReadOnlyList<PathChange>)[change]));

    /// <summary>The changes of a group stay together; a group must fit by itself.</summary>
    public static IReadOnlyList<IReadOnlyList<PathChange>> SplitGroups(IEnumerable<IReadOnlyList<PathChange>> groups)
    {
        var sets = new List<IReadOnlyList<PathChange>>();
        var uploads = new List<IReadOnlyList<PathChange>>();
        var set = new List<PathChange>();
        var inlineBytes = 0;
        var encodedBytes = PushBytesBesideChanges;
        foreach (var group in groups)
        {
            if (group is [{ To.IsFile: true, Inline: null }])
            {
                uploads.Add(group);
                continue;
            }
            var inline = group.Sum(change => change.Inline?.Length ?? 0);
            var encoded = group.Sum(WireSize.Of);
            var full = set.Count + group.Count > Limits.ChangesPerPushMax
                || inlineBytes + inline > Limits.InlineBytesMax
                || encodedBytes + encoded > Limits.MessageBytesMax;
            if (full && set.Count > 0)
            {
                sets.Add(set);
                set = [];
                inlineBytes = 0;
                encodedBytes = PushBytesBesideChanges;
            }
            set.AddRange(group);
            inlineBytes += inline;
            encodedBytes += encoded;
        }
        if (set.Count > 0)
            sets.Add(set);
        return [.. sets, .. uploads];
    }
}
