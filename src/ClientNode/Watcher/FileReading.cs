using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Messages;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Client.Watcher;

/// <summary>
/// A file being read, in slices. What was read counts only if the file is the same before and after; or, where that has
/// been waited for in vain, if it did nothing but grow: then what it was when it was opened is read a second time, and
/// counts if it is the same.
/// </summary>
/// <param name="path">Below the root.</param>
/// <param name="file">Closed at the end.</param>
/// <param name="before">Of the file, when it was opened.</param>
/// <param name="isOpen">A process has it open for writing.</param>
/// <param name="mayGrow">Its beginning counts too.</param>
/// <param name="startedAtNs">On the file system's clock.</param>
internal sealed class FileReading(RelativePath path, IFileHandle file, FileStat before, bool isOpen, bool mayGrow, long startedAtNs) : IDisposable
{
    private const int BufferBytes = 4 * Limits.ChunkBytes;

    private readonly byte[] _buffer = new byte[(int)Math.Clamp(before.Size, 1, BufferBytes)];
    private ChunkTreeBuilder _builder = new();
    private ContentRef? _first;
    private long _offset;

    public RelativePath Path => path;

    public bool IsOpen => isOpen;

    /// <summary>Nothing tells whether it is open for writing.</summary>
    public bool AreWritersUnknown { get; init; }

    /// <summary>
    /// Null while there is more to read. Takes what it reads off the budget, and something for the look itself. Of what
    /// has grown meanwhile nothing is read: a log may grow faster.
    /// </summary>
    public ReadingEnd? Read(ref long budget)
    {
        const int bytesThatCostAsMuchAsALook = 16 * 1024;
        budget -= bytesThatCostAsMuchAsALook;
        do
        {
            var wanted = (int)Math.Min(_buffer.Length, before.Size - _offset);
            var read = file.Read(_offset, _buffer.AsSpan(0, wanted));
            _builder.Append(_buffer.AsSpan(0, read));
            _offset += read;
            budget -= read;
            if (read < wanted)
                return ReadingEnd.Changed;
            if (_offset == before.Size && End() is { } end)
                return end;
        }
        while (budget > 0);
        return null;
    }

    public void Dispose()
    {
        file.Dispose();
        _builder.Dispose();
    }

    private ReadingEnd? End()
    {
        var content = _builder.Finish();
        var after = file.Stat();
        if (after.Signature == before.Signature && (_first is null || _first == content))
            return new ReadingEnd.Whole(new SeenFile(before.Signature, content, before.Signature.IsSettledAt(startedAtNs)));
        if (!mayGrow || after.Size < before.Size)
            return ReadingEnd.Changed;
        if (_first is { } first)
            return first == content ? new ReadingEnd.Beginning(new SeenFile(before.Signature, content, IsSettled: false)) : ReadingEnd.Changed;
        _first = content;
        _builder.Dispose();
        _builder = new ChunkTreeBuilder();
        _offset = 0;
        return null;
    }
}

/// <summary>What came of reading a file.</summary>
internal abstract record ReadingEnd
{
    /// <summary>It was written while it was read: nothing is known.</summary>
    public static ReadingEnd Changed { get; } = new Torn();

    /// <summary>All of it, unchanged in the meantime.</summary>
    public sealed record Whole(SeenFile File) : ReadingEnd;

    /// <summary>What it was when it was opened; it has grown since.</summary>
    public sealed record Beginning(SeenFile File) : ReadingEnd;

    private sealed record Torn : ReadingEnd;
}

/// <summary>How the disk is read.</summary>
public sealed record ObserverOptions
{
    /// <summary>A file that is open for writing is waited for so long; then what is there is taken.</summary>
    public TimeSpan WriterPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where it cannot be told who writes a file: it is left alone for so long after its last change.</summary>
    public TimeSpan SettlingTime { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The same, where an update has displaced it: what lay there is kept for so long after its last change.</summary>
    public TimeSpan DisplacedPatience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A file that changed while it was read is read again after so long.</summary>
    public TimeSpan ReadAgainAfter { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A file that is found open although its writer has just closed it is looked at again after so long, and a few times more, each after twice as long.</summary>
    public TimeSpan LookAgainAfterClose { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>A file that could not be read unchanged, however often it was tried, is tried again after so long.</summary>
    public TimeSpan TryBusyAgainAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes read in one go, before anything else has its turn.</summary>
    public int SliceBytes { get; init; } = 4 * 1024 * 1024;
}
