using Actors.Lab.World.Disks;
using Actors.Lab.World.Network;

namespace Actors.Lab.World;

/// <summary>
/// Machines with disks and clocks, a network between them, and one time for all, driven by one seed on one thread: the
/// same seed gives the same run.
/// </summary>
internal sealed class SimulatedWorld
{
    private readonly SortedDictionary<string, Machine> _machines = new(StringComparer.Ordinal);

    public SimulatedWorld(ulong seed, Trace? trace = null)
    {
        Seed = seed;
        Random = new SeededRandomSource(seed);
        Runtime = new DeterministicRuntime(Random.NextUInt64());
        Network = new SimulatedNetwork(Runtime, NewRandom());
        Trace = trace ?? new Trace();
        Runtime.Queue.Tracer = step =>
        {
            Trace.Add(Now, step);
            StepSeen?.Invoke(step);
        };
    }

    public ulong Seed { get; }
    public DeterministicRuntime Runtime { get; }
    public SimulatedNetwork Network { get; }
    public Trace Trace { get; }

    /// <summary>For code that decides what happens next.</summary>
    public SeededRandomSource Random { get; }

    /// <summary>Sees every message just before its actor handles it.</summary>
    public Action<DispatchStep>? StepSeen { get; set; }

    /// <summary>The process whose code runs now; null: none.</summary>
    public static string? CurrentMachine => ProcessEnvironment.Running?.Machine.Name;

    /// <summary>The most messages that an actor ever had before it.</summary>
    public int LongestMailbox => Runtime.Queue.LongestMailbox;

    public IReadOnlyCollection<Machine> Machines => _machines.Values;

    /// <summary>Time since the world began, the same for all machines.</summary>
    public TimeSpan Now => Runtime.Time.Elapsed;

    public Machine AddMachine(string name, DiskSettings? disk = null)
    {
        var machine = new Machine(this, name, disk);
        _machines.Add(name, machine);
        return machine;
    }

    /// <summary>Runs something outside of all nodes, later: what a user or a fault does.</summary>
    public void Schedule(TimeSpan delay, Action action) => Runtime.Time.Set(delay, action);

    /// <summary>A source of its own for each part, so that more chances taken by one do not change another's.</summary>
    internal SeededRandomSource NewRandom() => new(Random.NextUInt64());
}
