using Actors.Lab.World;

namespace Actors.Lab.Plants;

/// <summary>The server acknowledges what is not on the platter yet.</summary>
internal sealed class AcknowledgedBeforeCommit : Plant
{
    public override void ServerProcess(MachineProcess process) => process.Disk.SyncsInNameOnly = true;
}
