using Actors.Client.Storage;
using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Lab.Plans;

namespace Actors.Lab.Checking;

/// <summary>
/// A replica keeps its identity where no fault copies a replica or puts a backup back: with a new one it would forget what
/// was agreed on.
/// </summary>
internal sealed class IdentityChecker(RunPlan plan, Findings findings, Coverage coverage)
{
    public const string Name = "identity";

    private readonly bool _mayChange = plan.Faults.Any(fault =>
        fault.Kind is FaultKind.ReplicaCopied or FaultKind.MachineCloned or FaultKind.ReplicaRestored or FaultKind.ServerRestored);

    public void Check(ClientSite site, ReplicaRecord before, ReplicaChanges changes)
    {
        if (_mayChange || changes.Identity is not { } identity || before.Identity is not { } known)
            return;
        coverage.Reached(Checkers.Of(Name));
        if (identity.Id != known.Id)
            findings.Add(Name, $"{site.Name} was {known.Id} and becomes {identity.Id}");
    }
}
