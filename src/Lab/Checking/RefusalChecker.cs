using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.NodeShell;

namespace Actors.Lab.Checking;

/// <summary>What a client takes for refused is not committed: else its author would make a conflict of its own edit.</summary>
internal sealed class RefusalChecker(ServerHistory history, RecordedStorage storage, Findings findings, Coverage coverage)
{
    public const string Name = "refusal";

    public void Check(Site site, NodeEvent e)
    {
        if (site is not ClientSite client || e is not { Type: NodeEventType.Fail, Name: EventNames.Push, Op: { } op })
            return;
        coverage.Reached(Checkers.Of(Name));
        var node = storage.RecordOf(client).Identity?.Id;
        // A clone may have had committed what its original has never sent.
        if (node is { } id && storage.Owners(id).Count > 1)
            return;
        if (history.Log.FirstOrDefault(row => row.Commit.Push.Node == node && EventOps.Push(row.Commit.Push) == op) is { } row)
            findings.Add(Name, $"{site.Name} was told that {op} is refused; it is commit {row.Commit.Sequence}");
    }
}
