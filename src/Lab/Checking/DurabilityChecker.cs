using Actors.Client.Storage;
using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Lab.World.Disks;

namespace Actors.Lab.Checking;

/// <summary>
/// What a node's store says is done is on the platter at that moment, whether power is lost then or not: the store's own
/// bytes, and each name that the node has changed outside of its staging area. A commit of the server's is there after
/// every restart.
/// </summary>
internal sealed class DurabilityChecker(Findings findings, Coverage coverage)
{
    public const string Name = "durability";

    /// <summary>A replica's store has returned from a commit.</summary>
    public void Check(ClientSite site, ReplicaChanges changes)
    {
        CheckStore(site, SiteStorage.StateFile);
        if (changes.IntentsDone.Count + changes.DisplacedDone.Count + changes.Displaced.Count == 0)
            return;
        coverage.Reached(Checkers.Of(Name));
        foreach (var slot in site.Machine.Disk.UnsyncedNamesOfNodes)
        {
            if (DiskEye.PathOf(site.Machine, slot.Directory) is { } directory && IsOfNames(directory))
                findings.Add(Name, $"{site.Name} has stored that an update is done, and its change of {directory}/{DiskEye.NameOf(slot.Name)} is not synced");
        }
    }

    /// <summary>The server's store has returned from a commit.</summary>
    public void Check(ServerSite site)
    {
        coverage.Reached(Checkers.Of(Name));
        CheckStore(site, SiteStorage.StoreFile);
    }

    /// <summary>A commit was there, and is not any more.</summary>
    public void Lose(string what) => findings.Add(Name, what);

    private void CheckStore(Site site, DiskPath file)
    {
        if (DiskEye.Find(site.Machine, file) is { IsFile: true, Bytes.IsDurable: false })
            findings.Add(Name, $"{site.Name} has committed to {file}, and the bytes are not synced");
    }

    // Of its own directory only what was displaced counts: the rest a start makes anew.
    private static bool IsOfNames(string directory) =>
        directory == ClientSite.Root
        || (directory.StartsWith(ClientSite.Root + "/", StringComparison.Ordinal)
            && !directory.StartsWith($"{ClientSite.Root}/.actors", StringComparison.Ordinal))
        || directory == $"{ClientSite.Root}/.actors/displaced";
}
