using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Client.Content;

/// <summary>
/// Content on its way into a file of the staging area. What an earlier try has left there is used again, chunk by chunk,
/// where it has the right hash. Zeros are left out: where nothing is written a file has a hole, which reads as zeros and takes no room.
/// </summary>
internal sealed class ContentFetch : IDisposable
{
    private readonly IFileHandle _file;
    private readonly ChunkTreeReader _tree;
    private readonly long _sizeBefore;

    public ContentFetch(IFileSystem files, WantedContent wanted)
    {
        Wanted = wanted;
        var entry = wanted.Entry;
        Name = ReplicaLayout.PartName(entry.Path, entry.State.Content.Root);
        var path = ReplicaLayout.InStaging(Name);
        _tree = new ChunkTreeReader(entry.State.Content);
        var before = files.Stat(path);
        _sizeBefore = before?.Size ?? 0;
        // Last, so that nothing can fail behind it: left open for writing, it would be taken for a file that is being written.
        _file = before is null ? files.Create(path, IFileSystem.NewFileMode) : files.OpenOrCreate(path);
    }

    public WantedContent Wanted { get; }

    public TreeEntry Entry => Wanted.Entry;

    /// <summary>In the staging area.</summary>
    public string Name { get; }

    /// <summary>Bytes that are still to be written.</summary>
    public long Remaining => Entry.State.Content.Size - _tree.AcceptedBytes;

    public bool IsComplete => _tree.IsComplete;

    /// <summary>Asked for and not here.</summary>
    public IReadOnlyList<ChunkWant> Outstanding => _tree.OutstandingWants();

    /// <summary>The next part to ask for; what lies here already is taken on the way.</summary>
    public bool TryNext(out ChunkWant want)
    {
        while (_tree.TryNext(out want))
        {
            if (want.IsBranch || !TakeFromBefore(want))
                return true;
        }
        return false;
    }

    public ChunkAcceptance Accept(ContentHash hash, ReadOnlySpan<byte> bytes)
    {
        var acceptance = _tree.Accept(hash, bytes, out var places);
        var isZero = !bytes.ContainsAnyExcept((byte)0);
        foreach (var place in places)
        {
            if (!isZero || !IsZero(place.Offset, bytes.Length))
                _file.Write(place.Offset, bytes);
        }
        return acceptance;
    }

    /// <summary>Makes the file durable. False where the whole is not what was promised, although each part was.</summary>
    public bool Finish()
    {
        _file.SetLength(Entry.State.Content.Size);
        if (ContentReader.Name(_file) != Entry.State.Content)
            return false;
        _file.Flush();
        return true;
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Beyond what an earlier try has left nothing but zeros is read.</summary>
    private bool IsZero(long offset, int length)
    {
        if (offset >= _sizeBefore)
            return true;
        var bytes = new byte[length];
        _ = _file.Read(offset, bytes);
        return !bytes.AsSpan().ContainsAnyExcept((byte)0);
    }

    private bool TakeFromBefore(in ChunkWant want)
    {
        if (want.Offset + want.Length > _sizeBefore)
            return false;
        var bytes = new byte[want.Length];
        return _file.Read(want.Offset, bytes) == bytes.Length
            && ContentHash.Of(bytes) == want.Hash
            && Accept(want.Hash, bytes) == ChunkAcceptance.Accepted;
    }
}
