using Actors.Lab.World;

namespace Actors.Lab.Tests.World.Machines;

public sealed class MachineClockTests
{
    private readonly SimulatedWorld _world = new(1);

    [Fact]
    public void A_machines_clock_drifts_and_jumps_and_its_disk_and_processes_agree_with_it()
    {
        var machine = _world.AddMachine("a");
        var start = machine.Clock.Now;
        var early = Start(machine);
        machine.Clock.Rate = 1.5;
        _world.Runtime.AdvanceBy(TimeSpan.FromSeconds(10));
        machine.Clock.Jump(TimeSpan.FromHours(-1));
        var late = Start(machine);
        _world.Runtime.AdvanceBy(TimeSpan.FromSeconds(2));
        var expected = start + TimeSpan.FromSeconds(18) - TimeSpan.FromHours(1);
        Assert.Equal(expected, machine.Clock.Now);
        Assert.Equal(expected, early.UtcNow);
        Assert.Equal(expected, late.UtcNow);
        Assert.Equal(TimeSpan.FromSeconds(18), early.Monotonic);
        machine.Disk.StartProcess("user").MakeDirectory("d");
        var made = machine.Disk.StartProcess("user").Stat("d")!.Value.ModifiedNs;
        Assert.Equal(expected.ToUnixTimeMilliseconds(), made / 1_000_000);
    }

    [Fact]
    public void Timers_of_a_stopped_process_fire_when_it_goes_on_and_those_of_a_dead_one_never()
    {
        var machine = _world.AddMachine("a");
        var stopped = machine.StartProcess("stopped");
        var dead = machine.StartProcess("dead");
        var fired = new List<string>();
        foreach (var process in new[] { stopped, dead })
            process.Environment.Schedule(TimeSpan.FromSeconds(1), () => fired.Add(process.Name));
        stopped.Suspend();
        dead.Kill();
        _world.Runtime.AdvanceBy(TimeSpan.FromSeconds(5));
        Assert.Empty(fired);
        stopped.Resume();
        _world.Runtime.RunUntilIdle();
        Assert.Equal(["stopped"], fired);
    }

    private static ProcessEnvironment Start(Machine machine) => machine.StartProcess("node").Environment;
}
