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
        Receive<CheckContent>(asked => Check(new RunningCheck(new ContentCheck(asked.Content), Sender)));
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
        if (!check.Content.Advance(snapshot, PartsPerSlice))
        {
            Self.Tell(check);
            return;
        }
        check.Asker.Tell(new ContentChecked(check.Content.Content, check.Content.Fault));
        check.Content.Dispose();
    }

    private sealed record RunningCheck(ContentCheck Content, IActorRef Asker);
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
