using Actors.Messages.Content;

namespace Actors.Messages.Tree;

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
