using Actors.Lab.World.Disks;

namespace Actors.Lab.World;

/// <summary>A process on a machine: whatever code runs in it has the machine's time, disk and network.</summary>
public sealed class MachineProcess
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

    /// <summary>Lets it go on, late.</summary>
    public void Resume() => Environment.Resume();
}
