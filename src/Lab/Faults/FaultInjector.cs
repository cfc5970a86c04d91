using Actors.Client.Storage;
using Actors.Lab.Checking;
using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Lab.Plans;
using Actors.Lab.World;
using Actors.Lab.World.Disks;

namespace Actors.Lab.Faults;

/// <summary>Carries out the faults of a plan, each for its time, and counts those that had an effect.</summary>
internal sealed class FaultInjector
{
    // A process that has nothing to do with its disk is hit all the same, a little later.
    private static readonly TimeSpan FuseTime = TimeSpan.FromSeconds(2);

    private readonly SimulatedWorld _world;
    private readonly Cluster _cluster;
    private readonly Coverage _coverage;
    private readonly LinkFaults _links;
    private readonly DiskFaults _disks;
    private readonly Restorations _restorations;
    private readonly PowerFaults _power;
    private readonly Emptyings _emptyings;
    private readonly DirectoryAways _aways;
    private readonly SavesOnTop _saves;
    private readonly FilesMadeAgain _made;
    private readonly LockChecker _locks;
    private readonly StepFuse _fuse;
    private readonly RecordFuse _records;
    private readonly RecordedStorage _storage;
    private bool _isOver;

    public FaultInjector(
        SimulatedWorld world, RunPlan plan, Cluster cluster, Coverage coverage, LinkFaults links, DiskFaults disks, PowerFaults power,
        Restorations restorations, Emptyings emptyings, DirectoryAways aways, SavesOnTop saves, FilesMadeAgain made, LockChecker locks, StepFuse fuse, RecordFuse records, RecordedStorage storage)
    {
        (_world, _cluster, _coverage, _fuse, _records) = (world, cluster, coverage, fuse, records);
        (_aways, _saves, _made, _storage) = (aways, saves, made, storage);
        (_links, _disks, _power, _restorations, _emptyings, _locks) = (links, disks, power, restorations, emptyings, locks);
        foreach (var fault in plan.Faults)
            world.Schedule(fault.At, () => Begin(fault));
    }

    public static string NameOf(FaultKind kind) => $"fault: {kind}";

    /// <summary>From now on nothing fails, and what failed is mended.</summary>
    public void End()
    {
        _isOver = true;
        foreach (var machine in _world.Machines)
        {
            machine.PowerOn();
            machine.Clock.Rate = 1;
        }
        _links.End();
        _disks.End(_cluster);
        foreach (var site in _cluster.Sites)
        {
            if (site.Process is { } process)
                process.Resume();
            site.Gate.Disarm();
            site.Gate.FailsOnce = null;
            site.Start();
        }
        _emptyings.End();
        _aways.End();
        _saves.End();
        _made.End();
    }

    private void Begin(PlannedFault fault)
    {
        if (_isOver)
            return;
        _world.Trace.Add(_world.Now, fault.ToString());
        var site = _cluster.Site(fault.Node);
        if (TryBegin(fault, site))
            _coverage.Reached(NameOf(fault.Kind));
    }

    private bool TryBegin(PlannedFault fault, Site site)
    {
        switch (fault.Kind)
        {
            case FaultKind.Crash:
                return site.IsUp && AtSomeCall(fault, site, () => Crash(site, fault.Lasts));
            case FaultKind.PowerLoss or FaultKind.QuickRestart:
                return site.IsUp && AtSomeCall(fault, site, () => LosePower(site, fault.Lasts));
            case FaultKind.PowerLossAtRecord:
                AtSomeRecord(fault, site);
                return false;
            case FaultKind.Restart:
                return site.IsUp && Restart(site, fault.Lasts);
            case FaultKind.Pause:
                return Pause(site, fault.Lasts);
            case FaultKind.ClockJump:
                site.Machine.Clock.Jump(TimeSpan.FromSeconds((fault.Amount - 500) * 7));
                return true;
            case FaultKind.ClockDrift:
                site.Machine.Clock.Rate = 1 + (fault.Amount - 500) / 5_000.0;
                Later(fault.Lasts, () => site.Machine.Clock.Rate = 1);
                return true;
            case FaultKind.ServerRestored:
                return _restorations.OfServer(fault);
            case FaultKind.ServerDataAway:
                return site.IsUp && AtSomeCall(fault, site, () => TakeDataAway(fault, site));
            case FaultKind.ReplicaRestored:
                return _restorations.OfReplica(fault, (ClientSite)site);
            case FaultKind.ReplicaCopied or FaultKind.MachineCloned:
                return _restorations.CopyReplica((ClientSite)site, isClone: fault.Kind == FaultKind.MachineCloned);
            case FaultKind.DiskFull or FaultKind.DiskErrors or FaultKind.WatchLate or FaultKind.WatchOverflow
                or FaultKind.DirectoryMounted or FaultKind.DirectoryDenied:
                return _disks.Begin(fault, site, end => Later(fault.Lasts, end));
            case FaultKind.ReplicaEmptied:
                // What is away comes back, and then the replica is not empty.
                return !_aways.IsAnyOf((ClientSite)site) && _emptyings.Begin(fault, (ClientSite)site, end => Later(fault.Lasts, end));
            case FaultKind.DirectoryAway:
                return _aways.Begin(fault, (ClientSite)site, Later);
            case FaultKind.SavedOnTop:
                return _saves.Begin(fault, (ClientSite)site, Later);
            case FaultKind.MadeAgain:
                return _made.Begin(fault, (ClientSite)site, Later);
            case FaultKind.SyncFails:
                FailSync(fault, (ClientSite)site);
                return false;
            case FaultKind.SecondProcess:
                return site.IsUp && _locks.TryEnter((ClientSite)site);
            case FaultKind.SharedTick:
                return _disks.ShareTick(fault, _cluster.Users[fault.Node - 1], end => Later(fault.Lasts, end));
            case FaultKind.BadPath:
                return _disks.SpoilPath(fault, site, _cluster.Users[fault.Node - 1], end => Later(fault.Lasts, end));
            case FaultKind.Denied:
                return DiskFaults.Deny(fault, _cluster.Users[fault.Node - 1], end => Later(fault.Lasts, end));
            default:
                return _links.Begin(fault, site, end => Later(fault.Lasts, end));
        }
    }

    /// <summary>At one of the next calls to the disk, or between two of the next messages of any actor.</summary>
    private bool AtSomeCall(PlannedFault fault, Site site, Action action)
    {
        if (fault.Amount % 4 == 0)
        {
            _fuse.Light(1 + fault.Amount % 40, action);
            return true;
        }
        site.Gate.Arm(1 + fault.Amount % 60, action);
        Later(FuseTime, () => site.Gate.FireOrForget(action));
        return true;
    }

    /// <summary>At the node's next call to its disk, or when it has done all that it does now. Counted when it happens.</summary>
    private void AtSomeRecord(PlannedFault fault, Site site)
    {
        void Lose()
        {
            _coverage.Reached(NameOf(fault.Kind));
            LosePower(site, fault.Lasts);
        }
        Action lose = Lose;
        _records.Light(site, MeantBy(fault), 1 + fault.Amount / 4 % 4, () =>
        {
            if (_isOver)
                return;
            site.Gate.Arm(0, lose);
            Later(TimeSpan.Zero, () => site.Gate.FireOrForget(lose));
        });
    }

    /// <summary>A disk that can be had again at once: another way to it was found, or there is room again. Counted when it happens.</summary>
    private void FailSync(PlannedFault fault, ClientSite site) => site.Gate.FailsOnce = call =>
    {
        if (call.Operation != DiskOperation.SyncDirectory || call.Path != ClientSite.Root || _storage.RecordOf(site).Intents.Count == 0)
            return false;
        _coverage.Reached(NameOf(fault.Kind));
        _disks.Excuse(site, fault.Lasts);
        return true;
    };

    private static Func<ReplicaChanges, bool> MeantBy(PlannedFault fault) => (fault.Amount % 4) switch
    {
        0 => changes => changes.Pushes.Count > 0,
        1 => changes => changes.SettledPushes.Count > 0,
        2 => changes => changes.Displaced.Count + changes.DisplacedDone.Count > 0,
        _ => changes => changes.IntentsDone.Count > 0,
    };

    private void TakeDataAway(PlannedFault fault, Site site)
    {
        if (!_restorations.TakeDataAway(fault))
            return;
        _disks.Excuse(site, fault.Lasts);
        Later(fault.Lasts, _restorations.EndDataAway);
    }

    private void Crash(Site site, TimeSpan lasts)
    {
        if (!site.IsUp || _isOver)
            return;
        _world.Trace.Add(_world.Now, $"{site.Name} crashes");
        site.Kill();
        Later(lasts, site.Start);
    }

    private void LosePower(Site site, TimeSpan lasts)
    {
        if (!site.Machine.HasPower || _isOver)
            return;
        _world.Trace.Add(_world.Now, $"{site.Name} loses power");
        _power.LosePower(site);
        Later(lasts, () =>
        {
            site.Machine.PowerOn();
            site.Start();
        });
    }

    private bool Restart(Site site, TimeSpan lasts)
    {
        var process = site.Process;
        site.Stop();
        // As a service manager does with what does not end.
        Later(TimeSpan.FromSeconds(10), () =>
        {
            if (site.Process == process)
                site.Kill();
        });
        Later(TimeSpan.FromSeconds(10) + lasts, site.Start);
        return true;
    }

    private bool Pause(Site site, TimeSpan lasts)
    {
        if (site.Process is not { } process)
            return false;
        process.Suspend();
        Later(lasts, process.Resume);
        return true;
    }

    /// <summary>What ends with the time of faults at the latest.</summary>
    private void Later(TimeSpan delay, Action action) => _world.Schedule(delay < TimeSpan.Zero ? TimeSpan.Zero : delay, () =>
    {
        if (!_isOver)
            action();
    });
}
