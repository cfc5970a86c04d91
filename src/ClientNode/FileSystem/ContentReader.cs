using Actors.Messages;
using Actors.Messages.Content;

namespace Actors.Client.FileSystem;

/// <summary>Reads a whole file and names its content. Memory: one buffer.</summary>
public static class ContentReader
{
    private const int BufferBytes = 4 * Limits.ChunkBytes;

    public static ContentRef Name(IFileHandle file)
    {
        var size = file.Stat().Size;
        var buffer = new byte[(int)Math.Clamp(size + 1, 1, BufferBytes)];
        var read = file.Read(0, buffer);
        if (read < buffer.Length)
            return ContentRef.Of(buffer.AsSpan(0, read));
        using var builder = new ChunkTreeBuilder();
        for (long offset = 0; read > 0; read = file.Read(offset, buffer))
        {
            builder.Append(buffer.AsSpan(0, read));
            offset += read;
        }
        return builder.Finish();
    }
}
