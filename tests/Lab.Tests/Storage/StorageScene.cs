using Actors.Lab.Storage;
using Actors.Lab.World;
using Actors.Lab.World.Disks;

namespace Actors.Lab.Tests.Storage;

/// <summary>A machine with one process on it, whose disk can be made to fail.</summary>
internal sealed class StorageScene : IDiskGate
{
    public StorageScene(ulong seed = 1)
    {
        Machine = new SimulatedWorld(seed).AddMachine("machine");
        Process = Machine.StartProcess("node", this).Disk;
        Process.MakeDirectory("data");
        Process.SyncAll();
    }

    public Machine Machine { get; }
    public StateTable Table { get; } = new();
    public DiskProcess Process { get; private set; }

    /// <summary>Of every further call of that kind.</summary>
    public (DiskOperation Operation, DiskError Error)? Fault { get; set; }

    /// <summary>Comes before each call of the process.</summary>
    public Action<DiskCall>? Between { get; set; }

    /// <summary>Power comes back at once, and a new process starts.</summary>
    public void LosePower()
    {
        Machine.LosePower();
        Machine.PowerOn();
        Process = Machine.StartProcess("node", this).Disk;
    }

    public void Kill()
    {
        Process.Kill();
        Process = Machine.StartProcess("node", this).Disk;
    }

    public void Copy(DiskPath from, DiskPath to)
    {
        var user = Machine.Disk.StartProcess("user");
        using var source = user.Open(from, OpenModes.Read);
        using var target = user.Open(to, OpenModes.Write | OpenModes.Create | OpenModes.Truncate);
        var bytes = new byte[source.Stat().Size];
        source.Read(0, bytes);
        target.Write(0, bytes);
    }

    public DiskError Before(DiskCall call)
    {
        Between?.Invoke(call);
        return Fault is { } fault && fault.Operation == call.Operation ? fault.Error : DiskError.None;
    }

    public void After(DiskCall call)
    {
    }
}
