namespace Actors.Messages.Tree;

/// <summary>What is at a path.</summary>
public enum EntryKind
{
    Absent,
    Folder,
    File,
}
