using System.Globalization;
using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Messages.Identity;
using Actors.NodeShell;
using Actors.Server.Ledger;
using Actors.Server.Registry;

namespace Actors.Lab.Checking;

/// <summary>What a client takes for committed is durable on the server.</summary>
internal sealed class AcknowledgementChecker(ServerHistory history, RecordedStorage storage, Findings findings, Coverage coverage)
{
    public const string Name = "acknowledgement";

    public void Check(Site site, NodeEvent e)
    {
        if (site is not ClientSite client || e is not { Type: NodeEventType.Ok, Name: EventNames.Push, Seq: { } seq, Op: { } op })
            return;
        coverage.Reached(Checkers.Of(Name));
        // A backup may have taken it away since; but there it was.
        var counter = ulong.Parse(op.AsSpan(op.LastIndexOf('-') + 1), CultureInfo.InvariantCulture);
        if (storage.RecordOf(client).Identity is not { } identity || !history.WasCommitted(new PushId(identity.Id, counter), seq))
            findings.Add(Name, $"{site.Name} was told that {op} is commit {seq}, and it never was");
    }

    /// <summary>The server's ledger says that a batch is decided: no client is told before it is on disk.</summary>
    public void Check(RegistryEvent.BatchDone done)
    {
        foreach (var (question, result) in done.Batch.Questions.Zip(done.Results))
        {
            if (question is RegistryEvent.PushCame { Push.Id: var push } && result is LedgerResult.Committed committed && !history.WasCommitted(push, committed.Head.Seq))
                findings.Add(Name, $"{EventOps.Push(push)} is acknowledged as commit {committed.Head.Seq}, and is not on disk");
        }
    }
}
