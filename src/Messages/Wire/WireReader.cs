using System.Diagnostics.CodeAnalysis;
using System.Text;
using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Google.Protobuf.Collections;

namespace Actors.Messages.Wire;

/// <summary>Reads the messages that make a node act, and refuses what is not well formed or beyond a limit.</summary>
public static class RequestReader
{
    public static bool TryRead(Push message, [NotNullWhen(true)] out PushRequest? push, [NotNullWhen(false)] out string? reason)
    {
        push = null;
        reason = null;
        if (!NodeId.TryRead(message.Node.Span, out var node))
            reason = $"the node id does not have {Limits.NodeIdBytes} bytes";
        else if (!EpochId.TryRead(message.Epoch.Span, out var epoch))
            reason = $"the epoch does not have {Limits.EpochIdBytes} bytes";
        else if (message.Counter == 0)
            reason = "push counters start at 1";
        else if (message.Follows >= message.Counter)
            reason = "a push follows one that was sent before it";
        else if (!ContentHash.TryRead(message.Digest.Span, out var digest))
            reason = $"the digest does not have {ContentHash.Size} bytes";
        else if (!TryReadChanges(message.Changes, out var changes, out reason))
            return false;
        else if (ChangeSetDigest.Of(changes) != digest)
            reason = "the digest is not that of the changes";
        else
        {
            push = new PushRequest(new PushId(node, message.Counter), message.Share, epoch, message.Session, digest, changes)
            {
                SettledThrough = message.SettledThrough,
                Follows = message.Follows,
            };
        }
        return reason is null;
    }

    /// <summary>The protocol version is not looked at: who does not speak it must not read the rest.</summary>
    public static bool TryRead(Join message, [NotNullWhen(true)] out JoinRequest? join, [NotNullWhen(false)] out string? reason)
    {
        join = null;
        reason = null;
        var (position, newest) = (default(SharePosition), default(SharePosition));
        if (message.Node is null || !NodeId.TryRead(message.Node.Id.Span, out var node))
            reason = $"the node id does not have {Limits.NodeIdBytes} bytes";
        else if (message.Share.Length == 0 || Encoding.UTF8.GetByteCount(message.Share) > Limits.ShareNameBytesMax || message.Share.Any(char.IsControl))
            reason = $"a share's name has 1 to {Limits.ShareNameBytesMax} bytes and no control characters";
        else if (Encoding.UTF8.GetByteCount(message.WishedName) > Limits.NodeNameBytesMax || message.WishedName.Any(char.IsControl))
            reason = $"a node's name has at most {Limits.NodeNameBytesMax} bytes and no control characters";
        else if (message.Position is not null && !EntryReader.TryRead(message.Position, out position, out reason))
            return false;
        else if (message.Newest is not null && !EntryReader.TryRead(message.Newest, out newest, out reason))
            return false;
        else if (!TryReadInDoubt(message.InDoubt, out var inDoubt, out reason))
            return false;
        else if (!AreActorPaths(message.Cache, message.Watcher, message.Transfer))
            reason = $"cache, watcher and transfer are actor paths of 1 to {Limits.ActorPathBytesMax} characters";
        else
        {
            var instance = new NodeInstance(node, message.Node.Incarnation, message.Node.Instance);
            join = new JoinRequest(instance, message.Attempt, message.Share, message.Position is null ? null : position)
            {
                WishedName = message.WishedName,
                Newest = message.Newest is null ? null : newest,
                InDoubt = inDoubt,
                SettledThrough = message.SettledThrough,
                Cache = message.Cache,
                Watcher = message.Watcher,
                Transfer = message.Transfer,
            };
        }
        return reason is null;
    }

    public static bool TryRead(Pull message, [NotNullWhen(true)] out PullRequest? pull, [NotNullWhen(false)] out string? reason)
    {
        pull = null;
        reason = null;
        var afterPath = RelativePath.Root;
        if (!EpochId.TryRead(message.Epoch.Span, out var epoch))
            reason = $"the epoch does not have {Limits.EpochIdBytes} bytes";
        else if (!message.AfterPath.IsEmpty && !RelativePath.TryParse(message.AfterPath.Span, out afterPath, out reason))
            return false;
        else
            pull = new PullRequest(message.Session, message.Request, epoch, message.AfterVersion, afterPath.IsRoot ? null : afterPath, message.Cursor);
        return reason is null;
    }

    public static bool TryRead(Updates message, [NotNullWhen(true)] out UpdatesPage? page, [NotNullWhen(false)] out string? reason)
    {
        page = null;
        if (!EntryReader.TryRead(message.Position, out var position, out reason))
            return false;
        if (message.Entries.Count > Limits.EntriesPerPageMax)
        {
            reason = $"a page has more than {Limits.EntriesPerPageMax} entries";
            return false;
        }
        var entries = new List<ReceivedEntry>(message.Entries.Count);
        foreach (var entry in message.Entries)
        {
            if (!EntryReader.TryRead(entry, out var received, out reason))
                return false;
            if (entries.Count > 0 && !Ascends(entries[^1].Entry, received.Entry))
            {
                reason = $"{received.Entry.Path}: the page's entries do not ascend by version and path";
                return false;
            }
            entries.Add(received);
        }
        page = new UpdatesPage(message.Session, message.Request, entries, message.Complete, position);
        return true;
    }

    private static bool Ascends(TreeEntry first, TreeEntry second) =>
        first.Version < second.Version || (first.Version == second.Version && first.Path < second.Path);

    private static bool TryReadChanges(
        RepeatedField<Change> messages, [NotNullWhen(true)] out IReadOnlyList<PathChange>? changes, [NotNullWhen(false)] out string? reason)
    {
        changes = null;
        reason = null;
        if (messages.Count is 0 or > Limits.ChangesPerPushMax)
        {
            reason = $"a push has 1 to {Limits.ChangesPerPushMax} changes, not {messages.Count}";
            return false;
        }
        var read = new List<PathChange>(messages.Count);
        var paths = new HashSet<RelativePath>(messages.Count);
        long inlineBytes = 0;
        foreach (var message in messages)
        {
            if (!EntryReader.TryRead(message, out var change, out reason))
                return false;
            inlineBytes += change.Inline?.Length ?? 0;
            if (!paths.Add(change.Path))
                reason = $"{change.Path}: a push names a path twice";
            else if (inlineBytes > Limits.InlineBytesMax)
                reason = $"a push has more than {Limits.InlineBytesMax} bytes of inline content";
            if (reason is not null)
                return false;
            read.Add(change);
        }
        changes = read;
        return true;
    }

    private static bool TryReadInDoubt(
        RepeatedField<PushInDoubt> messages, [NotNullWhen(true)] out IReadOnlyList<DoubtfulPush>? inDoubt, [NotNullWhen(false)] out string? reason)
    {
        inDoubt = null;
        reason = messages.Count > Limits.PushesOpenMax ? $"more than {Limits.PushesOpenMax} pushes are in doubt" : null;
        var read = new List<DoubtfulPush>(messages.Count);
        foreach (var message in messages)
        {
            if (reason is not null)
                return false;
            if (!ContentHash.TryRead(message.Digest.Span, out var digest))
                reason = $"a digest in doubt does not have {ContentHash.Size} bytes";
            else if (message.Counter <= (read.Count == 0 ? 0 : read[^1].Counter))
                reason = "the counters in doubt do not ascend from 1";
            read.Add(new DoubtfulPush(message.Counter, digest));
        }
        inDoubt = read;
        return reason is null;
    }

    private static bool AreActorPaths(params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            if (path.Length is 0 or > Limits.ActorPathBytesMax)
                return false;
        }
        return true;
    }
}

/// <summary>From messages to the domain: what is not well formed is refused with a reason that people understand.</summary>
public static class EntryReader
{
    public static bool TryRead(Entry message, [NotNullWhen(true)] out ReceivedEntry? entry, [NotNullWhen(false)] out string? reason)
    {
        entry = null;
        if (!TryReadPath(message.Path.Span, out var path, out reason))
            return false;
        var (file, folder, deletion) = (message.StateCase == Entry.StateOneofCase.File ? message.File : null,
            message.StateCase == Entry.StateOneofCase.Folder, message.StateCase == Entry.StateOneofCase.Deletion);
        if (!TryReadState(path, file, folder, deletion, out var state, out reason))
            return false;
        entry = new ReceivedEntry(
            new TreeEntry(path, state, message.Version)
            {
                Author = message.Author,
                CommittedAtUs = message.CommittedAtUs,
                SnapshotOfOpenFile = file?.SnapshotOfOpenFile ?? false,
            },
            InlineOf(file));
        return true;
    }

    public static bool TryRead(Change message, [NotNullWhen(true)] out PathChange? change, [NotNullWhen(false)] out string? reason)
    {
        change = null;
        if (!TryReadPath(message.Path.Span, out var path, out reason))
            return false;
        var (file, folder, deletion) = (message.ToCase == Change.ToOneofCase.File ? message.File : null,
            message.ToCase == Change.ToOneofCase.Folder, message.ToCase == Change.ToOneofCase.Deletion);
        if (!TryReadState(path, file, folder, deletion, out var state, out reason))
            return false;
        change = new PathChange(path, message.Base, state)
        {
            SnapshotOfOpenFile = file?.SnapshotOfOpenFile ?? false,
            Inline = InlineOf(file),
        };
        return true;
    }

    public static bool TryRead(Position? message, out SharePosition position, [NotNullWhen(false)] out string? reason)
    {
        position = default;
        reason = null;
        if (message is null)
            reason = "the position is missing";
        else if (!EpochId.TryRead(message.Epoch.Span, out var epoch))
            reason = $"the position's epoch does not have {Limits.EpochIdBytes} bytes";
        else if (!ContentHash.TryRead(message.ChainHash.Span, out var chain))
            reason = $"the position's chain hash does not have {ContentHash.Size} bytes";
        else
            position = new SharePosition(epoch, message.Cursor, chain);
        return reason is null;
    }

    /// <summary>A path that may travel: well formed, and outside the node's own directory.</summary>
    public static bool TryReadPath(ReadOnlySpan<byte> bytes, out RelativePath path, [NotNullWhen(false)] out string? reason)
    {
        if (!RelativePath.TryParse(bytes, out path, out reason))
            return false;
        if (path.IsReserved)
            reason = $"{path}: this name is reserved for the node itself";
        return reason is null;
    }

    // A bare null would become empty memory, by way of a null array.
    private static ReadOnlyMemory<byte>? InlineOf(RegularFile? file) => file is { HasContent: true } ? file.Content.Memory : default(ReadOnlyMemory<byte>?);

    private static bool TryReadState(
        RelativePath path, RegularFile? file, bool folder, bool deletion, out EntryState state, [NotNullWhen(false)] out string? reason)
    {
        state = folder ? EntryState.Folder : EntryState.Absent;
        reason = null;
        if (file is null)
        {
            // A state that a later protocol added reads as none: nothing may be guessed.
            if (!folder && !deletion)
                reason = $"{path}: neither a file nor a folder nor a deletion";
            return reason is null;
        }
        if (!TryReadContent(file, out var content, out var fault))
            reason = $"{path}: {fault}";
        state = EntryState.File(content);
        return reason is null;
    }

    private static bool TryReadContent(RegularFile file, out ContentRef content, [NotNullWhen(false)] out string? fault)
    {
        content = default;
        fault = null;
        if (!ContentHash.TryRead(file.Hash.Span, out var hash) || !ContentHash.TryRead(file.Root.Span, out var root))
            fault = $"a hash does not have {ContentHash.Size} bytes";
        else if (file.Size > Limits.FileBytesMax)
            fault = $"the file is larger than {Limits.FileBytesMax} bytes";
        else if (file.Size <= Limits.ChunkBytes && root != hash)
            fault = "the root of a single chunk is not its hash";
        else if (file.HasContent && ((ulong)file.Content.Length != file.Size || file.Content.Length > Limits.InlineFileBytesMax))
            fault = "the inline content does not have the promised size";
        else if (file.HasContent && ContentHash.Of(file.Content.Span) != hash)
            fault = "the inline content does not have the promised hash";
        else
            content = new ContentRef(hash, (long)file.Size, root);
        return fault is null;
    }
}
