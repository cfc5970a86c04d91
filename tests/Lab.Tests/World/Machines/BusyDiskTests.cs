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

    [Fact]
    public void How_late_an_actor_is_does_not_depend_on_when_others_are_given_their_turns()
    {
        // One turn in sixteen is late: in some of so many worlds it is the first one.
        for (var seed = 1UL; seed <= 100; seed++)
            Assert.Equal(TurnOfFirst(seed, isFirstAskedFirst: true), TurnOfFirst(seed, isFirstAskedFirst: false));

        static TimeSpan TurnOfFirst(ulong seed, bool isFirstAskedFirst)
        {
            var (world, turns) = (new SimulatedWorld(seed), new List<TimeSpan>());
            var process = world.AddMachine("machine").StartProcess("process");
            var clerks = new List<IActorRef>();
            process.Run(() =>
            {
                var system = ActorSystem.Create("system", SimulatedConfig.Over(ConfigurationFactory.ParseString("disk-dispatcher { type = PinnedDispatcher }")));
                foreach (var seen in (List<TimeSpan>[])[turns, []])
                    clerks.Add(system.ActorOf(Props.Create(() => new Clerk(world, seen)).WithDispatcher("disk-dispatcher")));
            });
            world.Runtime.AdvanceTo(TimeSpan.FromSeconds(0.5));
            process.Run(() =>
            {
                foreach (var clerk in isFirstAskedFirst ? clerks : clerks.AsEnumerable().Reverse())
                    clerk.Tell(0, ActorRefs.NoSender);
            });
            world.Runtime.AdvanceTo(TimeSpan.FromSeconds(1));
            return Assert.Single(turns);
        }
    }

    private sealed class Clerk : ReceiveActor
    {
        public Clerk(SimulatedWorld world, List<TimeSpan> turns) => Receive<int>(_ => turns.Add(world.Now));
    }
}
