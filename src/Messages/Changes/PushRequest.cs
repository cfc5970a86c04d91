using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;

namespace Actors.Messages.Changes;

/// <summary>A Push that is well formed: within all limits, digest and inline content checked.</summary>
public sealed record PushRequest(PushId Id, string Share, EpochId Epoch, ulong Session, ContentHash Digest, IReadOnlyList<PathChange> Changes)
{
    /// <summary>Every counter up to this one is settled at the client.</summary>
    public ulong SettledThrough { get; init; }

    /// <summary>The counter of the push that has to be accepted before this one; 0: none.</summary>
    public ulong Follows { get; init; }
}

/// <summary>One path of a change set: what it shall become, and the version that the edit was made on (0: none).</summary>
public sealed record PathChange(RelativePath Path, ulong Base, EntryState To)
{
    /// <summary>The content was read while a writer still held the file open.</summary>
    public bool SnapshotOfOpenFile { get; init; }

    /// <summary>The bytes, where they ride along: only of a file of one chunk, whose hash they must have.</summary>
    public ReadOnlyMemory<byte>? Inline { get; init; }
}

/// <summary>A push whose outcome its client does not know.</summary>
public readonly record struct DoubtfulPush(ulong Counter, ContentHash Digest);
