using Actors.Client.Files;
using Actors.Client.Storage;
using Actors.Replication;
using Actors.Replication.Content;
using Actors.Replication.Tree;

namespace Actors.Client.Watching;

/// <summary>A file being read, in slices. What was read counts only if the file is the same before and after.</summary>
internal sealed class FileReading(RelativePath path, IFileHandle file, FileStat before, bool isOpen, long startedAtNs) : IDisposable
{
    private const int BufferBytes = 4 * Limits.ChunkBytes;

    private readonly ChunkTreeBuilder _builder = new();
    private readonly byte[] _buffer = new byte[(int)Math.Clamp(before.Size + 1, 1, BufferBytes)];
    private long _offset;

    public RelativePath Path => path;

    /// <summary>Somebody has it open for writing.</summary>
    public bool IsOpen => isOpen;

    /// <summary>True at the end of the file. Takes what it reads off the budget, and something for the look itself.</summary>
    public bool Read(ref long budget)
    {
        const int bytesThatCostAsMuchAsALook = 16 * 1024;
        budget -= bytesThatCostAsMuchAsALook;
        do
        {
            var read = file.Read(_offset, _buffer);
            _builder.Append(_buffer.AsSpan(0, read));
            _offset += read;
            budget -= read;
            // A file that grows while it is read never ends; that it has changed is certain then.
            if (read < _buffer.Length || _offset > before.Size)
                return true;
        }
        while (budget > 0);
        return false;
    }

    /// <summary>Null where the file changed in the meantime.</summary>
    public SeenFile? Finish()
    {
        var content = _builder.Finish();
        return file.Stat().Signature == before.Signature && content.Size == before.Size
            ? new SeenFile(before.Signature, content, before.Signature.IsSettledAt(startedAtNs))
            : null;
    }

    public void Dispose()
    {
        file.Dispose();
        _builder.Dispose();
    }
}
