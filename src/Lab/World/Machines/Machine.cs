using Actors.Lab.World.Disks;

namespace Actors.Lab.World;

/// <summary>A computer: a disk, a clock, a place in the network, and processes that end with its power.</summary>
public sealed class Machine
{
    private readonly SimulatedWorld _world;
    private readonly List<MachineProcess> _processes = [];

    internal Machine(SimulatedWorld world, string name, DiskSettings? disk)
    {
        _world = world;
        Name = name;
        Clock = new MachineClock(world);
        Disk = new SimulatedDisk(() => Clock.Now, world.NewRandom(), disk);
    }

    public string Name { get; }
    public MachineClock Clock { get; }
    public SimulatedDisk Disk { get; }
    public bool HasPower { get; private set; } = true;

    public IReadOnlyList<MachineProcess> Processes => _processes;

    /// <param name="name">For the trace.</param>
    /// <param name="gate">Sees the process's calls to the disk.</param>
    /// <param name="log">Takes what its actor systems log; null: nobody does.</param>
    public MachineProcess StartProcess(string name, IDiskGate? gate = null, Action<LogEvent>? log = null)
    {
        if (!HasPower)
            throw new InvalidOperationException($"{Name} has no power");
        var process = new MachineProcess(_world, this, name, gate, log);
        _processes.Add(process);
        return process;
    }

    /// <summary>Everything stops; what was not synced is lost, in any part. The network is not told.</summary>
    public PowerLoss LosePower()
    {
        HasPower = false;
        _world.Network.LosePower(Name, _processes.Select(process => process.Environment));
        foreach (var process in _processes)
            process.Environment.Abandon();
        _processes.Clear();
        return Disk.LosePower();
    }

    public void PowerOn()
    {
        HasPower = true;
        _world.Network.PowerOn(Name);
    }

    internal void Ended(MachineProcess process) => _processes.Remove(process);
}
