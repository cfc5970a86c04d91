using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Lab.Plans;
using Actors.Lab.Users;
using Actors.Lab.World;
using Actors.Lab.World.Disks;

namespace Actors.Lab.Faults;

/// <summary>
/// Directories that a user moves out of a replica, with all that is in them, and back: after a moment in which a link has
/// their name, or while nothing passes to the server, or while the node is down.
/// </summary>
internal sealed class DirectoryAways(SimulatedWorld world, Cluster cluster, LinkFaults links)
{
    private readonly List<Away> _open = [];

    public bool Begin(PlannedFault fault, ClientSite site, Action<TimeSpan, Action> later)
    {
        if (cluster.UserOf(site) is not { IsAway: false } user || !site.Machine.HasPower || DirectoryWithFiles(site, fault.Amount) is not { } directory)
            return false;
        var away = new Away(fault, user, directory, $"{ClientSite.Home}/away-{fault.Number}");
        if (!Try(away, () => user.Hand.MoveOut(directory, away.At)))
            return false;
        _open.Add(away);
        switch (fault.Amount % 4)
        {
            case 1:
                Try(away, () => user.Hand.MakeLink(directory, "/home/outside"));
                break;
            case 2:
                Try(away, () => user.Hand.MakeLink(directory, "/home/outside"));
                later(TimeSpan.FromMilliseconds(fault.Amount), site.Kill);
                later(fault.Lasts + TimeSpan.FromMilliseconds(fault.Amount / 2), site.Start);
                break;
            case 3:
                // Back at about the time at which the server is.
                links.Begin(fault with { Kind = FaultKind.Partition }, site, end => later(fault.Lasts + TimeSpan.FromMilliseconds(fault.Amount - 600), end));
                break;
        }
        later(fault.Lasts, () => Return(away));
        return true;
    }

    /// <summary>Something of a replica is away.</summary>
    public bool IsAnyOf(ClientSite site) => _open.Exists(away => away.User.Site == site);

    /// <summary>What is away still is put back.</summary>
    public void End()
    {
        foreach (var away in _open.ToList())
            Return(away);
    }

    private void Return(Away away)
    {
        if (!away.User.Hand.Machine.HasPower || !_open.Remove(away))
            return;
        var hand = away.User.Hand;
        Try(away, () =>
        {
            RemoveLinks(hand, "");
            // Another one may have the name by now.
            hand.MoveIn(away.At, hand.Exists(away.Directory) ? $"back-{away.Fault.Number}" : away.Directory);
        });
    }

    /// <summary>Wherever the user has moved them meanwhile.</summary>
    private static void RemoveLinks(UserHand hand, string directory)
    {
        foreach (var name in hand.Names(directory))
        {
            var path = directory.Length == 0 ? name : $"{directory}/{name}";
            if (hand.IsDirectory(path))
                RemoveLinks(hand, path);
            else if (!name.EndsWith(".link", StringComparison.Ordinal) && DiskEye.Find(hand.Machine, $"{ClientSite.Root}/{path}") is { Kind: InodeKind.SymbolicLink })
                hand.Delete(path);
        }
    }

    private bool Try(Away away, Action step)
    {
        var isDone = false;
        away.User.Watch(away.User.Site, () =>
        {
            try
            {
                step();
                isDone = true;
            }
            catch (DiskException e)
            {
                world.Trace.Add(world.Now, $"fault {away.Fault.Number} cannot move {away.Directory}: {e.Error}");
            }
        });
        return isDone;
    }

    /// <summary>One of the replica's own; null: there is none with a file in it.</summary>
    public static string? DirectoryWithFiles(ClientSite site, int which)
    {
        var directories = VisibleTree.Read(site.Machine, ClientSite.Root)
            .Where(entry => entry.Value.IsFile && entry.Key.Contains('/')).Select(entry => entry.Key[..entry.Key.IndexOf('/')]).Distinct().ToList();
        return directories.Count == 0 ? null : directories[which / 4 % directories.Count];
    }

    private sealed record Away(PlannedFault Fault, User User, string Directory, string At);
}
