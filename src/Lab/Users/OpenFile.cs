using Actors.Lab.World.Disks;
using Actors.Messages.Content;

namespace Actors.Lab.Users;

/// <summary>A file that a user has open for writing.</summary>
internal sealed class OpenFile(string path, Descriptor descriptor, Inode inode, ContentRef? origin)
{
    public string Path => path;
    public Descriptor Descriptor => descriptor;
    public Inode Inode => inode;

    /// <summary>What its bytes were made from; null: from nothing.</summary>
    public ContentRef? Origin { get; set; } = origin;
}
