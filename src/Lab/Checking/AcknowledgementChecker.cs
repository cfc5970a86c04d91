using Actors.Hosting;
using Actors.Lab.Nodes;
using Actors.Lab.Observing;

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
        // Of an epoch that a restored backup has ended nothing need be left.
        if (!history.IsNewest(e.Epoch))
            return;
        var row = seq <= history.Head ? history.Log[(int)seq - 1] : null;
        if (row is null || $"push-{row.Commit.Push.Counter}" != op || row.Commit.Push.Node != storage.RecordOf(client).Identity?.Id)
            findings.Add(Name, $"{site.Name} was told that {op} is commit {seq}; the server has {row?.Commit.Push.ToString() ?? "nothing"} there");
    }
}
