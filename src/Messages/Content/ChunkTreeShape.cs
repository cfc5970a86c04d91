namespace Actors.Messages.Content;

/// <summary>How content of a size is cut: everything about a chunk tree that does not depend on the bytes.</summary>
public static class ChunkTreeShape
{
    /// <summary>Levels of branches above the chunks: 0 up to 64 KiB, 1 up to 128 MiB, 2 up to 256 GiB, 3 up to 512 TiB.</summary>
    public static int Depth(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Limits.FileBytesMax);
        var depth = 0;
        while (size > Capacity(depth))
            depth++;
        return depth;
    }

    /// <summary>Bytes of content that a part of this level names at most; level 0 is a chunk.</summary>
    public static long Capacity(int level)
    {
        long capacity = Limits.ChunkBytes;
        for (var i = 0; i < level; i++)
            capacity *= Limits.TreeFanOut;
        return capacity;
    }

    /// <summary>Parts that a branch of this level (1 or more) has where it names <paramref name="length"/> bytes of content.</summary>
    public static int Parts(int level, long length)
    {
        var part = Capacity(level - 1);
        return (int)((length + part - 1) / part);
    }

    /// <summary>Chunks of content of a size: at least one.</summary>
    public static long Chunks(long size) => Math.Max(1, (size + Limits.ChunkBytes - 1) / Limits.ChunkBytes);
}
