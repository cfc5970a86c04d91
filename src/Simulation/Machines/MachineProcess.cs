using Actors.Event;
using Actors.Runtime;
using Actors.Simulation.Disks;

namespace Actors.Simulation;

/// <summary>A process on a machine: whatever code runs in it has the machine's time, disk and network.</summary>
public sealed class MachineProcess
{
    private readonly World _world;
    private readonly Machine _machine;

    internal MachineProcess(World world, Machine machine, string name, IDiskGate? gate, ILogSink? logSink)
    {
        _world = world;
        _machine = machine;
        Name = name;
        Random = world.NewRandom();
        Disk = machine.Disk.StartProcess(name, gate);
        var busyDisk = new BusyDiskDispatcher(world.Runtime, world.NewRandom());
        RuntimeEnvironment? environment = null;
        environment = new RuntimeEnvironment
        {
            Name = machine.Name,
            Scheduler = () => machine.Clock.CreateScheduler(environment!),
            Random = world.NewRandom(),
            Dispatcher = wanted => wanted.Type == "PinnedDispatcher" ? busyDisk : world.Runtime.Dispatcher,
            LogSink = logSink ?? NoLogSink.Instance,
            IsSingleThreaded = true,
            OwnContext = world.Runtime.Dispatcher.ContextOf(() => environment),
            Transport = _ => world.Network.CreateTransport(machine.Name, environment!),
        };
        Environment = environment;
    }

    public string Name { get; }
    public Machine Machine => _machine;
    public DiskProcess Disk { get; }

    /// <summary>Where actor systems of this process are created in.</summary>
    public RuntimeEnvironment Environment { get; }

    /// <summary>For ids and nonces of the process.</summary>
    public SeededRandomSource Random { get; }

    public bool IsRunning => !Environment.IsAbandoned;

    /// <summary>Runs code as this process.</summary>
    public void Run(Action code) => _world.Runtime.RunIn(Environment, code);

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
    public void Resume()
    {
        foreach (var work in Environment.Resume())
            _world.Runtime.Dispatcher.Add(work, Environment);
    }
}
