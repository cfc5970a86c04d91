using Actors.Messages.Content;

namespace Actors.Messages.Tree;

/// <summary>What is at a path.</summary>
public enum EntryKind
{
    Absent,
    Folder,
    File,
}

/// <summary>What is at a path, and its bytes by hash where it is a file. The default value is absence.</summary>
public readonly record struct EntryState
{
    private EntryState(EntryKind kind, ContentRef content)
    {
        Kind = kind;
        Content = content;
    }

    public static EntryState Absent => default;
    public static EntryState Folder => new(EntryKind.Folder, default);

    public EntryKind Kind { get; }

    /// <summary>Of a file; zeros for anything else.</summary>
    public ContentRef Content { get; }

    public bool IsFile => Kind == EntryKind.File;
    public bool IsFolder => Kind == EntryKind.Folder;
    public bool IsAbsent => Kind == EntryKind.Absent;

    public static EntryState File(ContentRef content) => new(EntryKind.File, content);

    public override string ToString() => Kind switch
    {
        EntryKind.Absent => "absent",
        EntryKind.Folder => "folder",
        _ => $"file {Content}",
    };
}

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

/// <summary>An entry as a page brings it: with the bytes, where they ride along (then they have the entry's hash).</summary>
public sealed record ReceivedEntry(TreeEntry Entry, ReadOnlyMemory<byte>? Inline);
