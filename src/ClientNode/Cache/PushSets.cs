using Actors.Client.Planning;
using Actors.Messages;
using Actors.Messages.Changes;
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
