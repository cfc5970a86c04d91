namespace Actors.Messages;

/// <summary>Bounds of what nodes send each other; a message beyond one is refused whole.</summary>
public static class Limits
{
    /// <summary>The protocol version that this contract speaks: see Join.protocol.</summary>
    public const uint ProtocolVersion = 1;

    public const int NameBytesMax = 255;
    public const int PathBytesMax = 4096;

    public const int ChunkBytes = 65_536;
    /// <summary>Parts that one branch of a chunk tree names.</summary>
    public const int TreeFanOut = 2_048;
    /// <summary>512 TiB: what three levels of branches above the chunks can name. A client holds a larger file back, with the reason.</summary>
    public const long FileBytesMax = (long)ChunkBytes * TreeFanOut * TreeFanOut * TreeFanOut;

    public const int ChangesPerPushMax = 1_000;
    public const int EntriesPerPageMax = 1_000;
    /// <summary>Inline content of one Push or one page of Updates, together.</summary>
    public const int InlineBytesMax = 102_400;
    /// <summary>Inline content of one file.</summary>
    public const int InlineFileBytesMax = ChunkBytes;
    /// <summary>Encoded size of any message with changes or entries: leaves room for the envelope in a 128,000 byte frame.</summary>
    public const int MessageBytesMax = 112_000;

    public const int PushesOpenMax = 64;
    public const int InvalidatePathsMax = 256;
    public const int ChunksOutstandingMax = 16;
    public const int MissingRootsNamedMax = 64;

    public const int NodeIdBytes = 16;
    public const int EpochIdBytes = 16;
    public const int ShareNameBytesMax = 64;
    public const int NodeNameBytesMax = 64;
    public const int ActorPathBytesMax = 1_024;
}
