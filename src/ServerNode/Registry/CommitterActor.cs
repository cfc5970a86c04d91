using Actors.Messages.Content;
using Actors.NodeShell;
using Actors.Server.Ledger;
using Actors.Server.Storage;

namespace Actors.Server.Registry;

/// <summary>
/// Owns the store's only writer, on a thread of its own: one transaction for each batch, and an answer only when it is on
/// disk.
/// </summary>
internal sealed class CommitterActor : ReceiveActor
{
    private readonly IShareStore _store;
    private readonly IEntropy _entropy;
    private readonly uint _serverRun;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private string? _faultTold;

    public CommitterActor(IShareStore store, IEntropy entropy)
    {
        _store = store;
        _entropy = entropy;
        _serverRun = (uint)entropy.NextUInt64();
        Receive<RegistryEffect.RunBatch>(batch => Answer(() => Run(batch), reason => new RegistryEvent.BatchFailed(batch, reason)));
        Receive<KeepParts>(keep => Answer(() => Keep(keep), reason => new NotKept(keep, reason)));
        Receive<KeepContent>(keep => Answer(() => Keep(keep), reason => new NotKept(keep, reason)));
        Receive<ForgetUploads>(forget => Forget(forget.Age));
        Receive<LookAtPlace>(_ => Look());
    }

    /// <summary>What is written to a store whose directory is gone is lost with this process: that has to be noticed before a client pushes.</summary>
    private void Look()
    {
        try
        {
            _store.CheckPlace();
        }
        catch (StoreUnavailableException fault)
        {
            Sender.Tell(new RegistryEvent.StoreGone(fault.Message));
        }
    }

    private void Forget(TimeSpan age)
    {
        try
        {
            using var transaction = _store.Begin();
            var count = transaction.ForgetUploads(NowUs, age.Ticks / TimeSpan.TicksPerMicrosecond);
            transaction.Commit();
            if (count > 0)
                _log.Info("{0} forgotten", Counted.Of(count, "part of an upload that was never committed is", "parts of uploads that were never committed are"));
        }
        catch (StoreUnavailableException fault)
        {
            _log.Warning("Uploads that were never committed are kept for now: {0}", fault.Message);
        }
    }

    private static long NowUs => Context.System.Scheduler.Now.UtcTicks / TimeSpan.TicksPerMicrosecond - UnixEpochUs;

    private void Answer(Func<object> work, Func<string, object> failed)
    {
        object answer;
        try
        {
            answer = work();
            _faultTold = null;
        }
        catch (StoreUnavailableException fault)
        {
            if (fault.Message != _faultTold)
                _log.Warning("The store cannot write: {0}", fault.Message);
            _faultTold = fault.Message;
            answer = failed(fault.Message);
        }
        catch (Exception fault)
        {
            // The sender would wait for ever: the restart takes the answer with it.
            Sender.Tell(failed($"an internal error: {fault.Message}"));
            throw;
        }
        Sender.Tell(answer);
    }

    private RegistryEvent.BatchDone Run(RegistryEffect.RunBatch batch)
    {
        if (batch.Questions.Count == 0)
            _store.CheckRoom(batch.RoomBytes);
        else if (batch.RoomBytes > 0)
            _store.CheckReserve(batch.RoomBytes);
        using var transaction = _store.Begin();
        var ledger = new ShareLedger(transaction, NowUs, () => ShareLedger.DrawEpoch(_entropy), _serverRun);
        var results = batch.Questions.Select(question => Decide(ledger, question)).ToList();
        // An empty batch asks whether the disk takes anything at all: give it something to write.
        if (batch.Questions.Count == 0)
            transaction.NextSession();
        var heads = transaction.Shares().Select(share => transaction.Head(share.Id)).ToList();
        transaction.Commit();
        return new RegistryEvent.BatchDone(batch, results, heads);
    }

    private static LedgerResult Decide(ShareLedger ledger, RegistryEvent.LedgerQuestion question) => question switch
    {
        RegistryEvent.JoinAsked asked => ledger.Admit(asked.Join),
        RegistryEvent.PushCame { WhyGivenUp: { } reason } push => ledger.GiveUp(push.Push, reason),
        RegistryEvent.PushCame push => ledger.Decide(push.Push),
        _ => throw new InvalidOperationException($"{question.GetType().Name} is not known"),
    };

    private static readonly long UnixEpochUs = DateTimeOffset.UnixEpoch.UtcTicks / TimeSpan.TicksPerMicrosecond;

    private Kept Keep(KeepParts keep)
    {
        _store.CheckReserve(keep.Parts.Sum(part => (long)part.Bytes.Length));
        using var transaction = _store.Begin();
        foreach (var (hash, bytes) in keep.Parts)
            transaction.PutPart(hash, bytes.Span);
        transaction.Commit();
        return new Kept(keep);
    }

    private Kept Keep(KeepContent keep)
    {
        using var transaction = _store.Begin();
        // Uploads may have been forgotten since it was checked: the push is then found to miss it, and it is fetched again.
        if (transaction.PartLength(keep.Content.Root) is not null)
            transaction.PutContent(keep.Content);
        transaction.Commit();
        return new Kept(keep);
    }
}

/// <summary>To the committer: keep these parts. Answered by <see cref="Kept"/> or <see cref="NotKept"/>.</summary>
internal sealed record KeepParts(IReadOnlyList<(ContentHash Hash, ReadOnlyMemory<byte> Bytes)> Parts);

/// <summary>To the committer: this content is here whole. Answered by <see cref="Kept"/> or <see cref="NotKept"/>.</summary>
internal sealed record KeepContent(ContentRef Content);

/// <summary>It is on disk.</summary>
internal sealed record Kept(object Asked);

internal sealed record NotKept(object Asked, string Reason);

/// <summary>To the committer, when no content is being fetched: forget uploads that were not committed for so long.</summary>
internal sealed record ForgetUploads(TimeSpan Age);

/// <summary>To the committer: see whether the store still lies in its place; answered by <see cref="RegistryEvent.StoreGone"/> where it does not.</summary>
internal sealed class LookAtPlace
{
    public static readonly LookAtPlace Instance = new();
}
