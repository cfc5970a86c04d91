using System.Text;
using Actors.Lab.Checking;
using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Lab.Plans;
using Actors.Lab.Users;
using Actors.Lab.World;
using Actors.Lab.World.Disks;

namespace Actors.Lab.Faults;

/// <summary>What happens to a disk, and to the notices of what happens on it.</summary>
internal sealed class DiskFaults(SimulatedWorld world, AvailabilityChecker availability, Completions completions, Coverage coverage)
{
    private static readonly TimeSpan UsualDelay = TimeSpan.FromMilliseconds(2);

    private readonly SeededRandomSource _random = new(world.Random.NextUInt64());
    private readonly Dictionary<DiskWatch, TimeSpan> _scheduled = [];
    private readonly Dictionary<string, TimeSpan> _delays = [];

    /// <summary>From now on notices of a machine's disk take a moment, as they do.</summary>
    public void Delay(Machine machine)
    {
        _delays[machine.Name] = UsualDelay;
        machine.Disk.EventsOnTheWay = watch => Deliver(machine, watch);
    }

    /// <summary>What is wrong with a disk excuses a node that ends.</summary>
    public void Excuse(Site site, TimeSpan lasts) => availability.Excuse(site, lasts);

    public bool Begin(PlannedFault fault, Site site, Action<Action> atEnd)
    {
        var disk = site.Machine.Disk;
        switch (fault.Kind)
        {
            case FaultKind.DiskFull:
                availability.Excuse(site, fault.Lasts);
                disk.CapacityBytes = disk.UsedBytes + fault.Amount % 5 * 700;
                atEnd(() => disk.CapacityBytes = disk.Settings.CapacityBytes);
                return true;
            case FaultKind.DiskErrors:
                availability.Excuse(site, fault.Lasts);
                site.Gate.FailOneIn = 5 + fault.Amount % 200;
                atEnd(() => site.Gate.FailOneIn = 0);
                return true;
            case FaultKind.WatchLate:
                BeLate(site.Machine, TimeSpan.FromMilliseconds(10 + 5 * fault.Amount));
                atEnd(() => BeInTime(site.Machine));
                return true;
            case FaultKind.DirectoryMounted or FaultKind.DirectoryDenied:
                return Hide(fault, (ClientSite)site, atEnd);
            default:
                return LoseNotices(site.Machine, atEnd);
        }
    }

    /// <summary>What is in a directory cannot be seen for a while: something is mounted over it, or it may not be looked into.</summary>
    private bool Hide(PlannedFault fault, ClientSite site, Action<Action> atEnd)
    {
        if (!site.Machine.HasPower || DirectoryAways.DirectoryWithFiles(site, fault.Amount) is not { } name
            || DiskEye.Find(site.Machine, $"{ClientSite.Root}/{name}") is not { IsMountedOver: false } directory || directory.Mode == 0)
            return false;
        // Where the node is just changing names in it, it has to start anew.
        availability.Excuse(site, fault.Lasts);
        if (fault.Kind == FaultKind.DirectoryMounted)
        {
            directory.IsMountedOver = true;
            atEnd(() => directory.IsMountedOver = false);
        }
        else
        {
            site.Machine.Disk.SetMode(directory, 0);
            atEnd(site.Machine.Disk.AllowAll);
        }
        return true;
    }

    /// <summary>
    /// A user writes a file twice within one tick of the disk's clock, over the same bytes: only who reads it again learns of
    /// the second time. In between there is time for a node to hear of the first.
    /// </summary>
    public bool ShareTick(PlannedFault fault, User user, Action<Action> atEnd)
    {
        var disk = user.Hand.Machine.Disk;
        if (!user.Hand.Machine.HasPower || user.Hand.FilesBelow("").Where(path => !path.EndsWith(".link", StringComparison.Ordinal)).ToList() is not { Count: > 0 } files)
            return false;
        var path = files[fault.Amount % files.Count];
        var tick = TimeSpan.FromTicks(disk.Settings.TickNs / TimeSpan.NanosecondsPerTick);
        var untilTick = TimeSpan.FromTicks(tick.Ticks - user.Hand.Machine.Clock.Now.Ticks % tick.Ticks);
        world.Schedule(untilTick, () => WriteOver(fault, user, path, "first"));
        world.Schedule(untilTick + tick * 0.75, () =>
        {
            LoseNotices(user.Hand.Machine, atEnd);
            WriteOver(fault, user, path, "again");
        });
        return true;
    }

    private void WriteOver(PlannedFault fault, User user, string path, string which)
    {
        // It may be gone by now, or a directory; or the power is.
        if (!user.Hand.Machine.HasPower)
            return;
        OpenFile? file = null;
        try
        {
            if (!user.Hand.Exists(path) || user.Hand.IsDirectory(path) || user.Hand.IsDenied(path))
                return;
            file = user.Hand.OpenToWrite(path, truncate: false);
            user.Hand.Write(file, Encoding.ASCII.GetBytes($"<fault {fault.Number} {which}>"), at: 0);
            user.Hand.Close(file, world.Now, edit: 0);
        }
        catch (DiskException e)
        {
            file?.Descriptor.Dispose();
            world.Trace.Add(world.Now, $"fault {fault.Number} cannot write {path}: {e.Error}");
        }
    }

    private bool LoseNotices(Machine machine, Action<Action> atEnd)
    {
        var watches = machine.Disk.Watches.ToList();
        foreach (var watch in watches)
            watch.Lose();
        completions.Suspend(machine.Name);
        atEnd(() =>
        {
            watches.ForEach(watch => watch.Overflow());
            completions.Resume(machine.Name);
        });
        return watches.Count > 0;
    }

    /// <summary>What a node reads may be newer than the newest notice that it can have.</summary>
    private void BeLate(Machine machine, TimeSpan delay)
    {
        _delays[machine.Name] = delay;
        if (!machine.Disk.AreEventsLate)
            completions.Suspend(machine.Name);
        machine.Disk.AreEventsLate = true;
    }

    private void BeInTime(Machine machine)
    {
        if (!machine.Disk.AreEventsLate)
            return;
        _delays[machine.Name] = UsualDelay;
        machine.Disk.AreEventsLate = false;
        completions.Resume(machine.Name);
    }

    /// <summary>No process may read one of the user's files for a while.</summary>
    public static bool Deny(PlannedFault fault, User user, Action<Action> atEnd)
    {
        if (user.Hand.FilesBelow("").ToList() is not { Count: > 0 } files)
            return false;
        var path = files[fault.Amount % files.Count];
        if (user.Hand.IsDenied(path) || !user.Hand.Deny(path))
            return false;
        atEnd(user.Hand.Machine.Disk.AllowAll);
        return true;
    }

    /// <summary>A directory, or a file where only a directory would not show anything.</summary>
    public bool SpoilPath(PlannedFault fault, Site site, User user, Action<Action> atEnd)
    {
        var kinds = Enum.GetValues<BadPathKind>();
        var kind = kinds[fault.Amount % kinds.Length];
        var files = user.Hand.FilesBelow("").ToList();
        var directories = files.Select(UserHand.ParentOf).Where(path => path.Length > 0).Distinct().ToList();
        List<string> paths = kind == BadPathKind.Closed ? directories : [.. files, .. directories];
        if (!site.Machine.HasPower || paths.Count == 0)
            return false;
        var bad = new BadPath(kind, $"{ClientSite.Root}/{paths[fault.Amount / kinds.Length % paths.Count]}");
        site.Gate.BadPaths.Add(bad);
        site.Gate.FailedAt = failed => coverage.Reached(BadPath.NameOf(failed.Kind));
        atEnd(() => site.Gate.BadPaths.Remove(bad));
        return true;
    }

    public void End(Cluster cluster)
    {
        foreach (var site in cluster.Sites)
        {
            site.Gate.BadPaths.Clear();
            site.Machine.Disk.CapacityBytes = site.Machine.Disk.Settings.CapacityBytes;
            site.Gate.FailOneIn = 0;
            site.Machine.Disk.AllowAll();
            BeInTime(site.Machine);
            foreach (var watch in site.Machine.Disk.Watches.Where(watch => watch.IsLosing).ToList())
                watch.Overflow();
        }
    }

    private void Deliver(Machine machine, DiskWatch watch)
    {
        if (_scheduled.ContainsKey(watch))
            return;
        var delay = TimeSpan.FromTicks((long)(_random.NextUInt64() % (ulong)_delays[machine.Name].Ticks));
        _scheduled[watch] = world.Now + delay;
        world.Schedule(delay, () =>
        {
            _scheduled.Remove(watch);
            // Now and then only some of them: the rest comes with the next.
            watch.Deliver(_random.Next(4) == 0 ? 1 : int.MaxValue);
            if (watch.OnTheWay > 0)
                Deliver(machine, watch);
        });
    }
}
