using Actors.Server.Storage;

namespace Actors.Server.Sessions;

/// <summary>Reads pages on a thread and a connection of its own. A failure restarts it with a new connection; who asked asks again.</summary>
internal sealed class PageReaderActor : ReceiveActor
{
    private readonly IShareStore _store;
    private IShareReader? _reader;

    public PageReaderActor(IShareStore store)
    {
        _store = store;
        Receive<ReadPage>(Read);
    }

    protected override void PreStart() => _reader = _store.OpenReader();

    protected override void PostStop() => _reader?.Dispose();

    private void Read(ReadPage asked)
    {
        using var snapshot = _reader!.Snapshot();
        Sender.Tell(new PageRead(PageBuilder.Build(snapshot, asked.Share, asked.Pull, asked.Client)));
    }
}
