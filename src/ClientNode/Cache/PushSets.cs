using Actors.Client.Planning;
using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.Tree;
using Actors.Messages.Wire;

namespace Actors.Client.Cache;

/// <summary>Cuts proposals into change sets that each fit a push. Their order is kept.</summary>
internal static class PushSets
{
    private const int PushBytesBesideChanges = 512;

    /// <summary>Content of one push that has to be uploaded, but for a file that is larger by itself.</summary>
    private const long UploadBytesMax = 16 * 1024 * 1024;

    /// <param name="proposals">In their order; to be cut at any place.</param>
    /// <param name="uploadsApart">No change waits for the content of another one, but for a moment.</param>
    public static IEnumerable<IReadOnlyList<Propose>> Cut(IEnumerable<Propose> proposals, bool uploadsApart)
    {
        var set = new List<Propose>();
        var (count, inlineBytes, encodedBytes, uploadBytes) = (0, 0L, PushBytesBesideChanges, 0L);
        foreach (var proposal in proposals)
        {
            var changes = ChangesOf(proposal).ToList();
            var inline = changes.Sum(InlineBytes);
            var encoded = changes.Sum(change => WireSize.Of(change) + (int)InlineBytes(change));
            var upload = IsUploaded(proposal) ? proposal.Change.To.Content.Size : 0;
            var isFull = count + changes.Count > Limits.ChangesPerPushMax
                || inlineBytes + inline > Limits.InlineBytesMax
                || encodedBytes + encoded > Limits.MessageBytesMax
                || (uploadsApart && uploadBytes + upload > (upload == 0 ? 0 : UploadBytesMax))
                || (uploadsApart && upload > 0 && uploadBytes == 0);
            if (isFull && set.Count > 0)
            {
                yield return set;
                set = [];
                (count, inlineBytes, encodedBytes, uploadBytes) = (0, 0, PushBytesBesideChanges, 0);
            }
            set.Add(proposal);
            count += changes.Count;
            inlineBytes += inline;
            encodedBytes += encoded;
            uploadBytes += upload;
        }
        if (set.Count > 0)
            yield return set;
    }

    public static IEnumerable<PathChange> ChangesOf(Propose proposal) =>
        proposal.KeepRemoteAs is { } copy ? [proposal.Change, copy] : [proposal.Change];

    /// <summary>Its content does not ride along: the server fetches it, where it does not have it.</summary>
    public static bool IsUploaded(Propose proposal) =>
        proposal.Change.To.IsFile && proposal.Change.To.Content.Size > Limits.InlineFileBytesMax;

    private static long InlineBytes(PathChange change) =>
        change.To.IsFile && change.To.Content.Size <= Limits.InlineFileBytesMax ? change.To.Content.Size : 0;
}

/// <summary>
/// Puts the proposals of one plan in the order of their places, as far as the tree stays whole: a directory comes no later
/// than what is in it, and goes no earlier.
/// </summary>
internal static class ProposalOrder
{
    /// <param name="proposals">Of one plan.</param>
    /// <param name="placeOf">Null: in no order, and before all that are.</param>
    public static IReadOnlyList<(Propose Proposal, long? Place)> Arrange(IReadOnlyList<Propose> proposals, Func<RelativePath, long?> placeOf)
    {
        const long free = -1;
        var places = proposals.ToDictionary(proposal => proposal.Path, proposal => placeOf(proposal.Path) ?? free);
        var stays = proposals.Where(proposal => proposal.Change.To.IsFolder).Select(proposal => proposal.Path).ToHashSet();
        // A path sorts after its ancestors by bytes: each is final before it moves those above it.
        foreach (var proposal in proposals.OrderByDescending(proposal => proposal.Path))
        {
            var (path, place) = (proposal.Path, places[proposal.Path]);
            foreach (var above in path.Ancestors.Where(places.ContainsKey))
            {
                if (!stays.Contains(above))
                    places[above] = Math.Max(places[above], place);
                else if (!proposal.Change.To.IsAbsent)
                    places[above] = Math.Min(places[above], place);
            }
        }
        return
        [
            .. proposals
                .OrderBy(proposal => places[proposal.Path])
                .ThenBy(proposal => proposal.Change, ChangeOrder.Instance)
                .Select(proposal => (proposal, places[proposal.Path] == free ? default(long?) : places[proposal.Path])),
        ];
    }
}
