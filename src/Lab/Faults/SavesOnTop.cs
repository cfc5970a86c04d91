using System.Text;
using Actors.Lab.Checking;
using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Lab.Plans;
using Actors.Lab.World;
using Actors.Lab.World.Disks;
using Actors.Messages.Tree;

namespace Actors.Lab.Faults;

/// <summary>
/// The moment between an update that has its name and the record of it: the node crashes in it, and its user saves on top of
/// the update; or the disk is full from then on, so that there can be no record.
/// </summary>
internal sealed class SavesOnTop(
    SimulatedWorld world, Cluster cluster, AvailabilityChecker availability, ConflictChecker conflicts, Coverage coverage)
{
    private static readonly TimeSpan SaveAfter = TimeSpan.FromMilliseconds(50);
    private const int CallsUntilCrashMax = 12;

    private readonly Dictionary<ClientSite, (PlannedFault Fault, Action<TimeSpan, Action> Later)> _armed = [];

    /// <summary>Waits for the next update.</summary>
    public bool Begin(PlannedFault fault, ClientSite site, Action<TimeSpan, Action> later) => site.IsUp && _armed.TryAdd(site, (fault, later));

    /// <summary>A node has given a file a name that people see.</summary>
    public void Placed(ClientSite site, RelativePath path)
    {
        if (ContentAt(site, path) is not { IsFile: true } placed || !_armed.Remove(site, out var armed))
            return;
        var (fault, later) = armed;
        if (fault.Amount % 4 == 3)
        {
            FillDisk(fault, site, later);
            return;
        }
        site.Gate.Arm(1 + fault.Amount % CallsUntilCrashMax, () =>
        {
            if (!site.IsUp)
                return;
            world.Trace.Add(world.Now, $"{site.Name} crashes after an update of {path}");
            site.Kill();
            later(SaveAfter, () => Save(fault, site, path, placed));
            later(SaveAfter + fault.Lasts, site.Start);
        });
    }

    /// <summary>What has not come yet does not come any more, and disks have room again.</summary>
    public void End()
    {
        _armed.Clear();
        foreach (var client in cluster.Clients)
            client.Machine.Disk.CapacityBytes = client.Machine.Disk.Settings.CapacityBytes;
    }

    private void FillDisk(PlannedFault fault, ClientSite site, Action<TimeSpan, Action> later)
    {
        var disk = site.Machine.Disk;
        availability.Excuse(site, fault.Lasts);
        disk.CapacityBytes = disk.UsedBytes;
        later(fault.Lasts, () => disk.CapacityBytes = disk.Settings.CapacityBytes);
    }

    private void Save(PlannedFault fault, ClientSite site, RelativePath path, EntryState placed)
    {
        if (site.IsUp || !site.Machine.HasPower || cluster.UserOf(site) is not { IsAway: false } user || ContentAt(site, path) != placed)
            return;
        var name = path.ToString();
        try
        {
            if (fault.Amount % 3 == 0)
                user.Hand.Delete(name);
            var file = user.Hand.OpenToWrite(name, truncate: true);
            using var closed = file.Descriptor;
            user.Hand.Write(file, Encoding.ASCII.GetBytes($"<fault {fault.Number} saves on top>"));
            user.Hand.Close(file, world.Now, edit: 0);
        }
        catch (DiskException e)
        {
            world.Trace.Add(world.Now, $"fault {fault.Number} cannot save {path}: {e.Error}");
            return;
        }
        coverage.Reached(Races.SavedOnTop);
        conflicts.Saved(site, path, placed, ContentAt(site, path)!.Value);
    }

    private static EntryState? ContentAt(ClientSite site, RelativePath path) =>
        VisibleTree.ContentAt(site.Machine, $"{ClientSite.Root}/{path}") is { } content ? EntryState.File(content) : null;
}
