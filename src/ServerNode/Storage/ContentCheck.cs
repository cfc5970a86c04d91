using System.Security.Cryptography;
using Actors.Messages.Content;

namespace Actors.Server.Storage;

/// <summary>Reads stored content from front to back, in slices, and compares it with what its hashes promise.</summary>
internal sealed class ContentCheck(ContentRef content) : IDisposable
{
    private readonly ChunkTreeReader _tree = new(content);
    private readonly IncrementalHash _sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public ContentRef Content => content;

    /// <summary>What is wrong with it, as far as it was read; null: nothing.</summary>
    public string? Fault { get; private set; }

    /// <summary>Reads so many parts more. True when all is read, or something is wrong.</summary>
    public bool Advance(IShareSnapshot snapshot, int parts)
    {
        while (parts-- > 0 && Fault is null && _tree.TryNext(out var want))
        {
            var bytes = snapshot.ReadPart(want.Hash);
            if (bytes is null)
                Fault = "a part of the content is missing";
            else if (_tree.Accept(want.Hash, bytes, out var chunks) != ChunkAcceptance.Accepted)
                Fault = "a part of the content does not fit its tree";
            else if (chunks.Count > 0)
                _sha.AppendData(bytes);
        }
        if (Fault is null && !_tree.IsComplete)
            return false;
        if (Fault is null && new ContentHash(_sha.GetHashAndReset()) != content.Hash)
            Fault = "the content does not have the promised hash";
        return true;
    }

    public void Dispose() => _sha.Dispose();
}
