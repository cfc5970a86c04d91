using System.Globalization;

namespace Actors.Tests.Actor;

public class DeterminismTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Passes a number round, with waits, timers and asks in between.</summary>
    private sealed class Player : ReceiveActor, IWithTimers
    {
        private int _played;

        public Player(List<IActorRef> players)
        {
            ReceiveAsync<int>(async number =>
            {
                if (++_played > 40)
                    return;
                IActorRef next = players[number % players.Count];
                if (number % 5 == 0)
                    Timers.StartSingleTimer(number, number + 1, TimeSpan.FromMilliseconds(number));
                else
                    next.Tell(number + 1);
                if (number % 3 == 0)
                    await next.Ask<string>("question", Second);
                if (number % 7 == 3)
                    throw new InvalidOperationException("unlucky");
            });
            Receive<string>(_ => Task.FromResult("answer").PipeTo(Sender));
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreRestart(Exception reason, object message) { }
    }

    private static List<string> Play(ulong seed)
    {
        var runtime = new DeterministicRuntime(seed);
        var trace = new List<string>();
        runtime.Dispatcher.Tracer = step => trace.Add(string.Create(CultureInfo.InvariantCulture, $"{runtime.Time.Elapsed.TotalMilliseconds} {step.Actor.ToStringWithUid()} {step.Message.GetType().Name}"));
        foreach (string name in (string[])["one", "two"])
        {
            ActorSystem system = ActorSystem.Create(name, ConfigurationFactory.Empty, runtime.CreateEnvironment());
            var players = new List<IActorRef>();
            for (int i = 0; i < 4; i++)
                players.Add(system.ActorOf(Props.Create(() => new Player(players))));
            for (int i = 0; i < 40; i++)
                players[i % players.Count].Tell(i + 1, ActorRefs.NoSender);
        }
        runtime.AdvanceBy(TimeSpan.FromMinutes(1));
        return trace;
    }

    [Fact]
    public void The_same_seed_gives_the_same_trace_and_another_seed_another()
    {
        List<string> first = Play(17);
        Assert.True(first.Count > 500, $"only {first.Count} steps");
        Assert.Equal(first, Play(17));
        Assert.NotEqual(first, Play(18));
    }

    [Fact]
    public void An_order_that_is_not_fixed_is_drawn_from_the_seed()
    {
        var orders = new HashSet<string>();
        for (ulong seed = 0; seed < 50; seed++)
        {
            var runtime = new DeterministicRuntime(seed);
            ActorSystem system = ActorSystem.Create("orders", ConfigurationFactory.Empty, runtime.CreateEnvironment());
            var order = new List<string>();
            runtime.RunUntilIdle();
            foreach (string name in (string[])["a", "b", "c"])
                system.ActorOf(Props.Create(() => new Noter(order, name)));
            runtime.RunUntilIdle();
            orders.Add(string.Concat(order));
        }
        Assert.Equal(6, orders.Count);
    }

    private sealed class Noter : UntypedActor
    {
        public Noter(List<string> order, string name) => order.Add(name);

        protected override void OnReceive(object message) { }
    }

    [Fact]
    public void A_node_that_crashes_says_nothing_more() => World.Each(world =>
    {
        IActorRef actor = world.Spawn("actor");
        world.System.Scheduler.ScheduleTellRepeatedly(Second, Second, actor, "tick", ActorRefs.NoSender);
        world.Runtime.AdvanceBy(Second * 1.5);
        actor.Tell("lost", ActorRefs.NoSender);
        world.Environment.Abandon();
        world.Runtime.AdvanceBy(Second * 5);
        world.System.Stop(actor);
        world.Settle().Told("actor starts", "actor gets tick");
        Assert.False(world.System.WhenTerminated.IsCompleted);
    });

    [Fact]
    public void A_crash_leaves_other_nodes_of_the_same_dispatcher_alone() => World.Each(world =>
    {
        RuntimeEnvironment environment = world.Runtime.CreateEnvironment();
        ActorSystem other = ActorSystem.Create("other", ConfigurationFactory.Empty, environment);
        IActorRef survivor = other.ActorOf(Props.Create(() => new Scripted(world, new Script { TellsLife = false })), "survivor");
        world.Environment.Abandon();
        world.Tell(survivor, "hello");
        world.Told("survivor gets hello");
    });

    [Fact]
    public void A_continuation_of_a_crashed_node_does_not_run() => World.Each(world =>
    {
        var gate = new TaskCompletionSource();
        world.Runtime.RunIn(world.Environment, () => _ = Wait());
        world.Environment.Abandon();
        world.Runtime.Dispatcher.Schedule(gate.SetResult);
        world.Settle();
        Assert.Empty(world.Story);

        async Task Wait()
        {
            await gate.Task;
            world.Say("alive after the crash");
        }
    });

    [Fact]
    public void A_system_that_a_nodes_own_code_creates_belongs_to_the_node() => World.Each(world =>
    {
        ActorSystem? second = null;
        world.In(world.Spawn("creator", new Script { TellsLife = false }), _ => second = ActorSystem.Create("second"));
        world.Settle();
        IActorRef actor = second!.ActorOf(Props.Create(() => new Scripted(world, new Script { TellsLife = false })), "actor");
        world.Tell(actor, "1");
        world.Environment.Abandon();
        world.Tell(actor, "2");
        world.Told("actor gets 1");
    });

    [Fact]
    public void Virtual_time_stops_at_every_timer_in_order() => World.Each(world =>
    {
        IActorRef actor = world.Spawn("actor", new Script { TellsLife = false });
        foreach (int i in (int[])[3, 1, 2, 1])
            world.System.Scheduler.ScheduleTellOnce(Second * i, actor, $"at {i}", ActorRefs.NoSender);
        world.System.Scheduler.Advanced.ScheduleRepeatedly(Second, Second, () => world.Say($"{world.System.Scheduler.MonotonicClock.TotalSeconds}"));
        world.Runtime.AdvanceBy(Second * 3);
        Assert.Equal(["1", "2", "3"], world.Story.Where(line => line.Length == 1));
        Assert.Equal(["actor gets at 1", "actor gets at 1", "actor gets at 2", "actor gets at 3"], world.Story.Where(line => line.Length > 1));
    });

    [Fact]
    public void A_nodes_clock_can_jump_and_drift() => World.Each(world =>
    {
        var scheduler = (DeterministicScheduler)world.System.Scheduler;
        DateTimeOffset before = scheduler.Now;
        scheduler.WallClockOffset = TimeSpan.FromHours(1);
        scheduler.Rate = 2;
        TimeSpan monotonic = scheduler.MonotonicClock;
        scheduler.ScheduleTellOnce(Second * 2, world.Spawn("actor", new Script { TellsLife = false }), "tick", ActorRefs.NoSender);
        world.Runtime.AdvanceBy(Second);
        world.Told("actor gets tick");
        Assert.Equal(Second * 2, scheduler.MonotonicClock - monotonic);
        Assert.Equal(TimeSpan.FromHours(1) + Second * 2, scheduler.Now - before);
    });

    [Fact]
    public void A_timer_is_never_early_by_a_clock_that_drifts() => World.Each(world =>
    {
        var scheduler = (DeterministicScheduler)world.System.Scheduler;
        scheduler.Rate = 1.05;
        var due = scheduler.MonotonicClock + TimeSpan.FromTicks(3);
        TimeSpan fired = TimeSpan.Zero;
        scheduler.Advanced.ScheduleOnce(TimeSpan.FromTicks(3), () => fired = scheduler.MonotonicClock);
        world.Runtime.AdvanceBy(Second);
        Assert.InRange(fired, due, due + TimeSpan.FromTicks(1));
    });

    [Fact]
    public void A_system_stops_in_order_on_virtual_time() => World.Each(world =>
    {
        world.Spawn("actor");
        Task end = world.System.Terminate();
        world.Runtime.Await(end, TimeSpan.FromSeconds(10));
        world.Told("actor starts", "actor stops");
    });

    [Fact]
    public void Actors_that_keep_each_other_busy_are_found_out()
    {
        var runtime = new DeterministicRuntime(1);
        ActorSystem system = ActorSystem.Create("busy", ConfigurationFactory.Empty, runtime.CreateEnvironment());
        system.ActorOf<Restless>().Tell("go", ActorRefs.NoSender);
        Assert.Throws<InvalidOperationException>(() => runtime.Dispatcher.RunUntilIdle(stepsMax: 1_000));
    }

    private sealed class Restless : UntypedActor
    {
        protected override void OnReceive(object message) => Self.Tell(message);
    }
}
