namespace Actors.Messages.Content;

/// <summary>
/// A part of a chunk tree that is needed: a chunk (level 0) or a node (level 1 and up). <paramref name="Length"/> counts
/// the bytes of content that it stands for.
/// </summary>
public readonly record struct ChunkWant(ContentHash Hash, long Offset, long Length, int Level)
{
    public bool IsNode => Level > 0;

    /// <summary>Bytes of the part itself: of the chunk, or of the node's hashes.</summary>
    public int PartBytes => IsNode ? ContentHash.Size * ChunkTreeShape.Parts(Level, Length) : (int)Length;
}
