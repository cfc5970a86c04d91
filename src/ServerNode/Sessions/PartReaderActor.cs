using System.Security.Cryptography;
using Actors.Messages.Content;
using Actors.Server.Storage;

namespace Actors.Server.Sessions;

/// <summary>
/// Reads content on a thread and a connection of its own, and checks whole content in slices, so that others get their
/// turn in between. A failure restarts it with a new connection, and the caller asks again.
/// </summary>
internal sealed class PartReaderActor : ReceiveActor
{
    private const int PartsPerSlice = 64;

    private readonly IShareStore _store;
    private IShareReader? _reader;

    public PartReaderActor(IShareStore store)
    {
        _store = store;
        Receive<ReadParts>(Read);
        Receive<CheckContent>(asked => Check(new RunningCheck(asked.Content, Sender)));
        Receive<RunningCheck>(Check);
        Receive<ReadSizes>(ReadSizes);
    }

    protected override void PreStart() => _reader = _store.OpenReader();

    protected override void PostStop() => _reader?.Dispose();

    private void Read(ReadParts asked)
    {
        using var snapshot = _reader!.Snapshot();
        Sender.Tell(new PartsRead(asked, [.. asked.Hashes.Select(snapshot.ReadPart)]));
    }

    private void ReadSizes(ReadSizes asked)
    {
        using var snapshot = _reader!.Snapshot();
        Sender.Tell(new SizesRead(asked.Asker, snapshot.Shares().ToDictionary(share => share.Id, share => snapshot.Size(share.Id))));
    }

    private void Check(RunningCheck check)
    {
        using var snapshot = _reader!.Snapshot();
        if (check.Advance(snapshot, PartsPerSlice))
            check.Asker.Tell(new ContentChecked(check.Content, check.Fault));
        else
            Self.Tell(check);
    }

    /// <summary>Reads the tree from front to back and hashes what it says.</summary>
    private sealed class RunningCheck(ContentRef content, IActorRef asker)
    {
        private readonly ChunkTreeReader _tree = new(content);
        private readonly IncrementalHash _sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public ContentRef Content => content;

        public IActorRef Asker => asker;

        public string? Fault { get; private set; }

        /// <summary>True when it is finished.</summary>
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
            _sha.Dispose();
            return true;
        }
    }
}

/// <summary>To the part reader; answered by <see cref="PartsRead"/>.</summary>
internal sealed record ReadParts(object Purpose, IReadOnlyList<ContentHash> Hashes);

/// <summary>The bytes in the order asked; null where a part is not here.</summary>
internal sealed record PartsRead(ReadParts Asked, IReadOnlyList<byte[]?> Bytes);

/// <summary>To the part reader: is this content here whole, and has it the promised hash? Answered by <see cref="ContentChecked"/>.</summary>
internal sealed record CheckContent(ContentRef Content);

internal sealed record ContentChecked(ContentRef Content, string? Fault);

/// <summary>Registry to the part reader: how much do the shares hold? Answered by <see cref="SizesRead"/>.</summary>
internal sealed record ReadSizes(IActorRef Asker);

internal sealed record SizesRead(IActorRef Asker, IReadOnlyDictionary<int, ShareSize> ByShare);
