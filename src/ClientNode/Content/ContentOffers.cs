using Actors.Client.Disk;
using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Messages;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Client.Content;

/// <summary>
/// Serves content of pushes that are open, from the files themselves: what no longer has the promised hash is not there
/// any more. What is given is durable here first: the push may have been made ready without finding the file, if it had no name
/// for a moment. Keeps one file open. Nodes of chunk trees are written to the staging area once, when the first is asked for.
/// </summary>
internal sealed class ContentOffers(IFileSystem files) : IDisposable
{
    private readonly SortedDictionary<ulong, StoredPush> _pushes = [];
    private readonly List<Offer> _offers = [];
    private Offer? _current;
    private IFileHandle? _open;

    public void Add(StoredPush push)
    {
        Remove(push.Counter);
        _pushes.Add(push.Counter, push);
        Rebuild();
    }

    public void Remove(ulong counter)
    {
        if (_pushes.Remove(counter))
            Rebuild();
    }

    public void Clear()
    {
        _pushes.Clear();
        Rebuild();
    }

    /// <summary>Null: these bytes are not here (any more). The root is a help, and may be missing.</summary>
    public byte[]? Find(ContentHash hash, ContentHash? root, long offset, bool isNode)
    {
        foreach (var offer in Candidates(root, offset))
        {
            if (TryFind(offer, hash, offset, isNode) is { } bytes)
                return bytes;
        }
        return null;
    }

    private byte[]? TryFind(Offer offer, ContentHash hash, long offset, bool isNode)
    {
        try
        {
            return !Open(offer) ? null : isNode ? offer.Nodes?.Find(_open!, hash) : ReadChunk(offer, offset, hash);
        }
        catch (FileFaultException e) when (!e.StopsTheNodeWhileStaging)
        {
            // The server is told that it is gone; the path is looked at then, and held.
            return null;
        }
    }

    public void Dispose()
    {
        Close();
        foreach (var offer in _offers)
            offer.Nodes?.Dispose();
    }

    // A fetch goes through the contents in order: the one that served last, and those after it, come first.
    private IEnumerable<Offer> Candidates(ContentHash? root, long offset)
    {
        var start = _current is null ? 0 : Math.Max(0, _offers.IndexOf(_current));
        for (var i = 0; i < _offers.Count; i++)
        {
            var offer = _offers[(start + i) % _offers.Count];
            if ((root is null || offer.Content.Root == root) && offset <= offer.Content.Size)
                yield return offer;
        }
    }

    private byte[]? ReadChunk(Offer offer, long offset, ContentHash hash)
    {
        var bytes = new byte[Math.Min(Limits.ChunkBytes, offer.Content.Size - offset)];
        return _open!.Read(offset, bytes) == bytes.Length && ContentHash.Of(bytes) == hash ? bytes : null;
    }

    private bool Open(Offer offer)
    {
        if (_current != offer)
        {
            Close();
            _open = files.OpenRead(offer.Path);
            if (_open is not null)
                Flush(offer, _open);
            _current = offer;
        }
        return _open is not null;
    }

    /// <summary>Once for each file that has had the name, and state of it: most have been flushed with their push.</summary>
    private void Flush(Offer offer, IFileHandle file)
    {
        var signature = file.Stat().Signature;
        if (offer.Flushed == signature)
            return;
        if (ReplicaDisk.TryFlush(file.Flush))
            ReplicaDisk.FlushDirectories(files, [offer.Path.Parent]);
        else
            files.FlushAll();
        offer.Flushed = signature;
    }

    private void Close()
    {
        _open?.Dispose();
        _open = null;
        _current = null;
    }

    private void Rebuild()
    {
        Close();
        var kept = _offers.ToDictionary(offer => (offer.Path, offer.Content));
        _offers.Clear();
        foreach (var push in _pushes.Values)
        {
            foreach (var change in push.Changes)
            {
                if (!change.To.IsFile || push.Copies.Contains(change.Path))
                    continue;
                if (!kept.Remove((change.Path, change.To.Content), out var offer))
                    offer = new Offer(change.Path, change.To.Content, change.To.Content.IsSingleChunk ? null : new NodeFile(files, change.To.Content));
                _offers.Add(offer);
            }
        }
        foreach (var gone in kept.Values)
            gone.Nodes?.Dispose();
    }

    private sealed class Offer(RelativePath path, ContentRef content, NodeFile? nodes)
    {
        public RelativePath Path => path;
        public ContentRef Content => content;
        public NodeFile? Nodes => nodes;

        /// <summary>The file that was made durable.</summary>
        public FileSignature? Flushed { get; set; }
    }
}
