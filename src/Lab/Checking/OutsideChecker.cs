using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Lab.World.Disks;

namespace Actors.Lab.Checking;

/// <summary>A node never reaches for anything outside of its own directory.</summary>
internal sealed class OutsideChecker(Findings findings, Coverage coverage)
{
    public const string Name = "outside";

    private static readonly DiskPath Replica = ClientSite.Root;
    private static readonly DiskPath Data = ServerSite.Data;

    public void Check(Site site, DiskCall call)
    {
        coverage.Reached(Checkers.Of(Name));
        var root = site is ServerSite ? Data : Replica;
        if (call.Operation != DiskOperation.SyncAll && !(call.At.IsWithin(root) && (call.To ?? call.At).IsWithin(root)))
            findings.Add(Name, $"{call}");
    }
}
