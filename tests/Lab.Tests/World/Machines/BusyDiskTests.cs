using Actors.Lab.World;

namespace Actors.Lab.Tests.World.Machines;

public sealed class BusyDiskTests
{
    private const int Messages = 320;

    private readonly SimulatedWorld _world = new(3);

    [Fact]
    public void Turns_of_actors_that_wait_for_a_disk_come_late_now_and_then_and_no_others()
    {
        var (pinned, others) = (new List<TimeSpan>(), new List<TimeSpan>());
        _world.AddMachine("machine").StartProcess("process").Run(() =>
        {
            var system = ActorSystem.Create("system", SimulatedConfig.Over(ConfigurationFactory.ParseString("disk-dispatcher { type = PinnedDispatcher }")));
            var clerk = system.ActorOf(Props.Create(() => new Clerk(_world, pinned)).WithDispatcher("disk-dispatcher"));
            var other = system.ActorOf(Props.Create(() => new Clerk(_world, others)));
            for (var i = 0; i < Messages; i++)
            {
                clerk.Tell(i, ActorRefs.NoSender);
                other.Tell(i, ActorRefs.NoSender);
            }
        });
        _world.Runtime.AdvanceTo(TimeSpan.FromSeconds(10));
        Assert.Equal(Messages, others.Count(at => at == TimeSpan.Zero));
        Assert.Equal(Messages, pinned.Count);
        var pauses = pinned.Zip(pinned.Skip(1), (before, after) => after - before).Where(pause => pause > TimeSpan.Zero).ToList();
        // One turn in sixteen.
        Assert.InRange(pauses.Count, Messages / 32, Messages / 8);
        Assert.True(pauses.Max() < TimeSpan.FromMilliseconds(20), $"{pauses.Max()}");
    }

    private sealed class Clerk : ReceiveActor
    {
        public Clerk(SimulatedWorld world, List<TimeSpan> turns) => Receive<int>(_ => turns.Add(world.Now));
    }
}
