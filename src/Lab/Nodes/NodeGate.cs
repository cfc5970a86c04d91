using Actors.Lab.Faults;
using Actors.Lab.World;
using Actors.Lab.World.Disks;

namespace Actors.Lab.Nodes;

/// <summary>Stands between a node and its disk: here users, faults and checkers come in between any two calls.</summary>
internal sealed class NodeGate(Site site, SimulatedWorld world) : IDiskGate
{
    private readonly SeededRandomSource _random = new(world.Random.NextUInt64());
    private int _callsUntilFault;
    private Action? _fault;

    /// <summary>One call in so many fails; 0: none does.</summary>
    public int FailOneIn { get; set; }

    /// <summary>Where some calls fail.</summary>
    public List<BadPath> BadPaths { get; } = [];

    /// <summary>A call failed at one of them.</summary>
    public Action<BadPath> FailedAt { get; set; } = _ => { };

    /// <summary>The first call that it holds for fails, and no other.</summary>
    public Func<DiskCall, bool>? FailsOnce { get; set; }

    /// <summary>A user or a fault that may use the machine between two calls.</summary>
    public Action? Between { get; set; }

    /// <summary>Sees each call that was carried out.</summary>
    public Action<Site, DiskCall>? Seen { get; set; }

    public long Calls { get; private set; }
    public long Failed { get; private set; }

    /// <summary>Something happens at one of the next calls, before it or after it.</summary>
    public void Arm(int calls, Action fault)
    {
        _callsUntilFault = 2 * calls + _random.Next(2);
        _fault = fault;
    }

    /// <summary>Runs the armed action now, if it has not run yet.</summary>
    public void FireOrForget(Action fault)
    {
        if (_fault != fault)
            return;
        _fault = null;
        fault();
    }

    public void Disarm() => _fault = null;

    public DiskError Before(DiskCall call)
    {
        Calls++;
        Between?.Invoke();
        Tick();
        foreach (var bad in BadPaths)
        {
            if (bad.ErrorOf(call) is not DiskError.None and var error)
            {
                Failed++;
                FailedAt(bad);
                return error;
            }
        }
        if (FailsOnce?.Invoke(call) == true)
        {
            FailsOnce = null;
            Failed++;
            return DiskError.InputOutput;
        }
        if (FailOneIn > 0 && MayFail(call.Operation) && _random.Next(FailOneIn) == 0)
        {
            Failed++;
            return DiskError.InputOutput;
        }
        return DiskError.None;
    }

    public void After(DiskCall call)
    {
        Seen?.Invoke(site, call);
        Tick();
    }

    // Calls that only query, and cannot fail on a real disk.
    private static bool MayFail(DiskOperation operation) => operation is not (DiskOperation.Lock or DiskOperation.Watch or DiskOperation.Stat);

    private void Tick()
    {
        if (_fault is { } fault && --_callsUntilFault <= 0)
        {
            _fault = null;
            fault();
        }
    }
}
