namespace Actors.Messages.Content;

/// <summary>Takes the parts of a chunk tree as they come about. The bytes are valid during the call only.</summary>
public interface IChunkSink
{
    /// <summary>A chunk of content that starts at <paramref name="offset"/> in the file.</summary>
    void Chunk(ContentHash hash, long offset, ReadOnlySpan<byte> content);

    /// <summary>A node whose content starts at <paramref name="offset"/> in the file: hashes of its parts, concatenated.</summary>
    void Node(ContentHash hash, long offset, ReadOnlySpan<byte> hashes);
}
