using System.Diagnostics.CodeAnalysis;
using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Tree;

namespace Actors.Messages.Wire;

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
