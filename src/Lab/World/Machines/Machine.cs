using Actors.Lab.World.Disks;

namespace Actors.Lab.World;

/// <summary>A computer: a disk, a clock, a place in the network, and processes that end with its power.</summary>
internal sealed class Machine
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
    /// <param name="log">Takes what its actor systems log; null: the log is dropped.</param>
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

/// <summary>A process on a machine: whatever code runs in it has the machine's time, disk and network.</summary>
internal sealed class MachineProcess
{
    private readonly SimulatedWorld _world;
    private readonly Machine _machine;

    internal MachineProcess(SimulatedWorld world, Machine machine, string name, IDiskGate? gate, Action<LogEvent>? log)
    {
        _world = world;
        _machine = machine;
        Name = name;
        Random = world.NewRandom();
        Disk = machine.Disk.StartProcess(name, gate);
        Environment = new ProcessEnvironment(world, machine, log);
    }

    public string Name { get; }
    public Machine Machine => _machine;
    public DiskProcess Disk { get; }

    /// <summary>For ids and nonces of the process.</summary>
    public SeededRandomSource Random { get; }

    public bool IsRunning => !Environment.IsAbandoned;

    internal ProcessEnvironment Environment { get; }

    /// <summary>Runs code as this process: actor systems that it makes live here.</summary>
    public void Run(Action code) => Environment.Run(code);

    /// <summary>Ends it at once, as SIGKILL does: what it wrote is there, its connections are closed by the machine.</summary>
    public void Kill()
    {
        if (!IsRunning)
            return;
        Environment.Abandon();
        Disk.Kill();
        _world.Network.Kill(Environment);
        _machine.Ended(this);
    }

    /// <summary>Stops it, as SIGSTOP does: its actors, timers and connections wait.</summary>
    public void Suspend() => Environment.Suspend();

    /// <summary>Continues it, late.</summary>
    public void Resume() => Environment.Resume();
}
