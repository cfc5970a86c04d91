namespace Actors.Messages.Tree;

/// <summary>A path, what is there, and the commit that last changed it (deletions included; 0: none ever did).</summary>
public sealed record TreeEntry(RelativePath Path, EntryState State, ulong Version)
{
    /// <summary>The number of the client that committed this version; 0: the server itself.</summary>
    public uint Author { get; init; }

    /// <summary>When the server committed it: microseconds since 1970-01-01 UTC. For people; nothing is decided by it.</summary>
    public long CommittedAtUs { get; init; }

    /// <summary>The content was read while a writer still held the file open.</summary>
    public bool SnapshotOfOpenFile { get; init; }
}
