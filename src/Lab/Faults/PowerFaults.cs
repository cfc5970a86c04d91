using Actors.Lab.Checking;
using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Lab.Users;
using Actors.Lab.World.Disks;
using Actors.Messages.Tree;

namespace Actors.Lab.Faults;

/// <summary>Takes a machine's power, and settles with the users what that took from them.</summary>
internal sealed class PowerFaults(Cluster cluster, Writings writings, ServerHistory history, WholeFileChecker wholeFiles)
{
    public void LosePower(Site site)
    {
        if (site is not ClientSite client)
        {
            site.LosePower();
            return;
        }
        var before = VisibleTree.Read(client.Machine, ClientSite.Root);
        // By the file itself: a loss of power undoes changes of names too.
        var files = before.Where(item => item.Value.IsFile).DistinctBy(item => FileAt(client, item.Key)!).ToDictionary(item => FileAt(client, item.Key)!, item => item.Value);
        foreach (var removed in cluster.UserOf(client)?.Hand.Removed.Where(inode => inode.IsFile) ?? [])
            files.TryAdd(removed, EntryState.File(VisibleTree.ContentOf(removed)));
        cluster.UserOf(client)?.Abandon();
        client.LosePower();
        // What the registry has was made durable here before it was sent; anything else may be lost.
        writings.Excuse(writing => writing.Machine == client.Name && !history.Holds(writing.Content));
        wholeFiles.KnowDisplaced(client);
        wholeFiles.CheckPowerLoss(
            client, VisibleTree.Read(client.Machine, ClientSite.Root),
            path => files.TryGetValue(FileAt(client, path)!, out var was) ? (was, true) : (before.GetValueOrDefault(path), false));
    }

    private static Inode? FileAt(ClientSite site, string path) => DiskEye.Find(site.Machine, $"{ClientSite.Root}/{path}");
}
