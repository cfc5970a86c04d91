using Actors.Client.FileSystem;
using Actors.Messages;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Client.Content;

/// <summary>
/// The nodes of one content's chunk tree, in a file of the staging area: made by reading the content once. Memory: one
/// entry for each node, that is for 128 MiB of content.
/// </summary>
internal sealed class NodeFile(IFileSystem files, ContentRef content) : IChunkSink, IDisposable
{
    private const int BufferBytes = 4 * Limits.ChunkBytes;

    private readonly RelativePath _path = ReplicaLayout.InStaging($"nodes-{content.Root}");
    private readonly Dictionary<ContentHash, (long Offset, int Bytes)> _nodes = [];
    private IFileHandle? _file;

    // A disk that fails may not let it be removed at once: at the end it is tried again.
    private bool _mayBeThere;
    private long _end;

    /// <summary>Null where the source does not have such a node.</summary>
    public byte[]? Find(IFileHandle source, ContentHash hash)
    {
        try
        {
            if (_file is null)
                Build(source);
        }
        catch
        {
            // Half of the nodes would be taken for all.
            Dispose();
            throw;
        }
        if (!_nodes.TryGetValue(hash, out var place))
            return null;
        var bytes = new byte[place.Bytes];
        return _file!.Read(place.Offset, bytes) == bytes.Length ? bytes : null;
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
        if (!_mayBeThere)
            return;
        _mayBeThere = files.Delete(_path) is not (FileFault.None or FileFault.NotFound);
    }

    void IChunkSink.Chunk(ContentHash hash, long offset, ReadOnlySpan<byte> content)
    {
    }

    void IChunkSink.Branch(ContentHash hash, long offset, ReadOnlySpan<byte> hashes)
    {
        _file!.Write(_end, hashes);
        _nodes[hash] = (_end, hashes.Length);
        _end += hashes.Length;
    }

    private void Build(IFileHandle source)
    {
        _mayBeThere = true;
        _file = files.OpenOrCreate(_path);
        _file.SetLength(0);
        _end = 0;
        _nodes.Clear();
        using var builder = new ChunkTreeBuilder(this);
        var buffer = new byte[BufferBytes];
        // A log may have grown since: the content is what it was before.
        for (long offset = 0; offset < content.Size;)
        {
            var read = source.Read(offset, buffer.AsSpan(0, (int)Math.Min(buffer.Length, content.Size - offset)));
            if (read == 0)
                break;
            builder.Append(buffer.AsSpan(0, read));
            offset += read;
        }
        builder.Finish();
    }
}
