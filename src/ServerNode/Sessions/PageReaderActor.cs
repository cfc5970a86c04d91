using Actors.Server.Storage;

namespace Actors.Server.Sessions;

/// <summary>Reads pages on a thread and a connection of its own. A failure restarts it with a new connection, and the caller asks again.</summary>
internal sealed class PageReaderActor : ReceiveActor
{
    private readonly IShareStore _store;
    private readonly ILoggingAdapter _log = Context.GetLogger();
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
        var page = PageBuilder.Build(snapshot, asked.Share, asked.Pull, asked.Client);
        if (IsInPlace())
            Sender.Tell(new PageRead(page));
    }

    /// <summary>What was written to a store that lies nowhere may be lost: a client that had it would have what the share never had.</summary>
    private bool IsInPlace()
    {
        try
        {
            _store.CheckPlace();
            return true;
        }
        catch (StoreUnavailableException fault)
        {
            _log.Info("A page is not told: {0}", fault.Message);
            return false;
        }
    }
}
