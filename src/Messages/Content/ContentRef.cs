using System.Globalization;

namespace Actors.Messages.Content;

/// <summary>
/// The content of a file by hash: SHA-256 of all bytes, the size in bytes, and the root of its chunk tree (equal to the
/// hash where the content is one chunk).
/// </summary>
public readonly record struct ContentRef(ContentHash Hash, long Size, ContentHash Root)
{
    /// <summary>No bytes: one empty chunk.</summary>
    public static ContentRef Empty { get; } = Of([]);

    /// <summary>Whether the content is one chunk, and so may ride inline.</summary>
    public bool IsSingleChunk => Size <= Limits.ChunkBytes;

    /// <summary>Names content that is in memory.</summary>
    public static ContentRef Of(ReadOnlySpan<byte> content)
    {
        if (content.Length <= Limits.ChunkBytes)
        {
            var hash = ContentHash.Of(content);
            return new ContentRef(hash, content.Length, hash);
        }
        using var builder = new ChunkTreeBuilder();
        builder.Append(content);
        return builder.Finish();
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Hash.ToString()[..12]} ({Size} B)");
}
