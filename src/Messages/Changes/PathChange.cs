using Actors.Messages.Tree;

namespace Actors.Messages.Changes;

/// <summary>One path of a change set: what it shall become, and the version that the edit was made on (0: none).</summary>
public sealed record PathChange(RelativePath Path, ulong Base, EntryState To)
{
    /// <summary>The content was read while a writer still held the file open.</summary>
    public bool SnapshotOfOpenFile { get; init; }

    /// <summary>The bytes, where they ride along: only of a file of one chunk, whose hash they must have.</summary>
    public ReadOnlyMemory<byte>? Inline { get; init; }
}
