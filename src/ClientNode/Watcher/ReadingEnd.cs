using Actors.Client.Storage;

namespace Actors.Client.Watcher;

/// <summary>What came of reading a file.</summary>
internal abstract record ReadingEnd
{
    /// <summary>It was somebody else's while it was read: nothing is known.</summary>
    public static ReadingEnd Changed { get; } = new Torn();

    /// <summary>All of it, unchanged in the meantime.</summary>
    public sealed record Whole(SeenFile File) : ReadingEnd;

    /// <summary>What it was when it was opened; it has grown since.</summary>
    public sealed record Beginning(SeenFile File) : ReadingEnd;

    private sealed record Torn : ReadingEnd;
}
