namespace Actors.Tests.Actor;

public class TimerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private sealed class Ticker : UntypedActor, IWithTimers
    {
        private readonly World _world;

        public Ticker(World world) => _world = world;

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Action<Ticker> code:
                    code(this);
                    break;
                case Exception failure:
                    throw failure;
                default:
                    _world.Say($"{message}");
                    break;
            }
        }

        public IActorContext TheContext => Context;

        protected override void PreRestart(Exception reason, object message) { }

        protected override void PostRestart(Exception reason) { }
    }

    private static IActorRef Start(World world, Action<Ticker>? code = null)
    {
        IActorRef ticker = world.System.ActorOf(Props.Create(() => new Ticker(world)), "ticker");
        if (code is not null)
            world.Tell(ticker, code);
        return ticker;
    }

    [Fact]
    public void A_single_timer_fires_once_at_its_time() => World.Each(world =>
    {
        Start(world, ticker => ticker.Timers.StartSingleTimer("key", "tick", Second));
        world.Runtime.AdvanceBy(Second - TimeSpan.FromMilliseconds(1));
        Assert.Empty(world.Story);
        world.Runtime.AdvanceBy(TimeSpan.FromSeconds(10));
        world.Told("tick");
    });

    [Fact]
    public void A_periodic_timer_fires_until_cancelled() => World.Each(world =>
    {
        IActorRef ticker = Start(world, ticker => ticker.Timers.StartPeriodicTimer("key", "tick", TimeSpan.Zero, Second));
        world.Runtime.AdvanceBy(TimeSpan.FromSeconds(2.5));
        world.Told("tick", "tick", "tick");
        world.Tell(ticker, (Action<Ticker>)(t => t.Timers.Cancel("key")));
        world.Runtime.AdvanceBy(TimeSpan.FromSeconds(10));
        Assert.Equal(3, world.Story.Count);
    });

    [Fact]
    public void A_tick_that_waits_in_the_mailbox_is_not_delivered_after_cancelling() => World.Each(world =>
    {
        IActorRef ticker = Start(world, ticker => ticker.Timers.StartSingleTimer("key", "tick", Second));
        ticker.Tell((Action<Ticker>)(t => t.Timers.Cancel("key")), ActorRefs.NoSender);
        // Without a step in between, the tick gets behind the message that cancels.
        while (world.Runtime.Time.MoveTo(Second) is { } due)
            due();
        world.Settle();
        Assert.Empty(world.Story);
    });

    [Fact]
    public void A_tick_that_waits_in_the_mailbox_is_not_delivered_after_a_restart() => World.Each(world =>
    {
        IActorRef ticker = Start(world, ticker => ticker.Timers.StartSingleTimer("key", "tick", Second));
        ticker.Tell(new InvalidOperationException("boom"), ActorRefs.NoSender);
        while (world.Runtime.Time.MoveTo(Second) is { } due)
            due();
        world.Settle();
        world.Tell(ticker, "alive");
        world.Told("alive");
    });

    [Fact]
    public void Starting_a_key_again_replaces_its_timer() => World.Each(world =>
    {
        Start(world, ticker =>
        {
            ticker.Timers.StartSingleTimer("key", "old", Second);
            ticker.Timers.StartSingleTimer("key", "new", Second * 2);
            Assert.True(ticker.Timers.IsTimerActive("key"));
        });
        world.Runtime.AdvanceBy(Second * 5);
        world.Told("new");
    });

    [Fact]
    public void Timers_end_with_a_restart_and_with_the_actor() => World.Each(world =>
    {
        IActorRef ticker = Start(world, ticker => ticker.Timers.StartPeriodicTimer("key", "tick", Second));
        world.Tell(ticker, new InvalidOperationException("boom"));
        world.Runtime.AdvanceBy(Second * 3);
        Assert.Empty(world.Story);
        world.Tell(ticker, (Action<Ticker>)(t => t.Timers.StartPeriodicTimer("key", "tock", Second)));
        world.System.Stop(ticker);
        world.Runtime.AdvanceBy(Second * 3);
        Assert.Empty(world.Story);
    });

    /// <summary>Starts its timer in the constructor, as long as it may; tells in each last hook whether it still runs.</summary>
    private sealed class Starter : ReceiveActor, IWithTimers
    {
        private readonly World _world;

        public Starter(World world, Func<bool> fails)
        {
            _world = world;
            Timers.StartPeriodicTimer("key", "tick", Second);
            if (fails())
                throw new InvalidOperationException("constructor");
            Receive<string>(world.Say);
            Receive<Exception>(failure => throw failure);
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreRestart(Exception reason, object message) => _world.Say($"fails, {Timers.IsTimerActive("key")}");

        protected override void PostStop() => _world.Say($"stops, {Timers.IsTimerActive("key")}");
    }

    [Fact]
    public void A_timer_can_be_started_in_the_constructor_and_has_ended_when_the_last_hooks_run() => World.Each(world =>
    {
        IActorRef starter = world.System.ActorOf(Props.Create(() => new Starter(world, () => false)));
        world.Runtime.AdvanceBy(Second * 1.5);
        world.Tell(starter, new InvalidOperationException("boom"));
        world.Runtime.AdvanceBy(Second * 1.5);
        world.System.Stop(starter);
        world.Settle().Told("tick", "fails, False", "tick", "stops, False");
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_timer_does_not_outlive_the_constructor_that_failed(int instance) => World.Each(world =>
    {
        int made = 0;
        Func<bool> fails = () => ++made == instance;
        List<SuppressedDeadLetter> suppressed = world.Published<SuppressedDeadLetter>();
        IActorRef starter = world.System.ActorOf(Props.Create(() => new Starter(world, fails)));
        world.Tell(starter, new InvalidOperationException("boom"));
        world.Runtime.AdvanceBy(Second * 5);
        Assert.Equal(instance, made);
        Assert.Empty(suppressed);
    });

    [Fact]
    public void A_receive_timeout_comes_after_silence_again_and_again() => World.Each(world =>
    {
        Start(world, ticker => ticker.TheContext.SetReceiveTimeout(Second));
        world.Runtime.AdvanceBy(Second * 2.5);
        Assert.Equal(2, world.Story.Count);
        Assert.All(world.Story, line => Assert.Contains(nameof(ReceiveTimeout), line, StringComparison.Ordinal));
    });

    [Fact]
    public void Messages_put_a_receive_timeout_off_unless_they_are_marked() => World.Each(world =>
    {
        IActorRef ticker = Start(world, ticker => ticker.TheContext.SetReceiveTimeout(Second));
        for (int i = 0; i < 4; i++)
        {
            world.Runtime.AdvanceBy(Second * 0.75);
            world.Tell(ticker, "busy");
        }
        Assert.All(world.Story, line => Assert.Equal("busy", line));
        world.Runtime.AdvanceBy(Second * 0.75);
        world.Tell(ticker, new Identify(1));
        world.Runtime.AdvanceBy(Second * 0.3);
        Assert.Contains(nameof(ReceiveTimeout), world.Story[^1], StringComparison.Ordinal);
    });

    [Fact]
    public void A_timer_sends_in_nobodys_name_unless_told_and_a_receive_timeout_in_the_actors_own() => World.Each(world =>
    {
        IActorRef ticker = world.System.ActorOf(Props.Create(() => new SenderTeller(world)), "ticker");
        world.Runtime.AdvanceBy(Second * 2.5);
        world.Told("single of deadLetters", "periodic of deadLetters", "named of ticker", $"{nameof(ReceiveTimeout)} of ticker");
    });

    private sealed class SenderTeller : ReceiveActor, IWithTimers
    {
        public SenderTeller(World world)
        {
            Receive<string>(text => world.Say($"{text} of {Sender.Path.Name}"));
            Receive<ReceiveTimeout>(_ =>
            {
                world.Say($"{nameof(ReceiveTimeout)} of {Sender.Path.Name}");
                SetReceiveTimeout(null);
            });
            SetReceiveTimeout(Second);
            Timers.StartSingleTimer(1, "single", Second * 0.1);
            Timers.StartPeriodicTimer(2, "periodic", Second * 0.2, Second * 5);
            Timers.StartSingleTimer(3, "named", Second * 0.3, Self);
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }

    [Fact]
    public void A_receive_timeout_that_is_switched_off_does_not_come() => World.Each(world =>
    {
        IActorRef ticker = Start(world, ticker => ticker.TheContext.SetReceiveTimeout(Second));
        world.Tell(ticker, (Action<Ticker>)(t => t.TheContext.SetReceiveTimeout(null)));
        world.Runtime.AdvanceBy(Second * 5);
        Assert.Empty(world.Story);
    });

    [Fact]
    public void The_scheduler_sends_runs_and_can_be_called_off() => World.Each(world =>
    {
        IActorRef ticker = Start(world);
        IScheduler scheduler = world.System.Scheduler;
        scheduler.ScheduleTellOnce(Second, ticker, "once", ActorRefs.NoSender);
        ICancelable repeated = scheduler.ScheduleTellRepeatedlyCancelable(Second * 2, Second, ticker, "repeated", ActorRefs.NoSender);
        ICancelable action = scheduler.Advanced.ScheduleOnceCancelable(Second, () => world.Say("never"));
        action.Cancel();
        world.Runtime.AdvanceBy(Second * 3.5);
        repeated.Cancel();
        world.Runtime.AdvanceBy(Second * 3);
        world.Told("once", "repeated", "repeated");
        Assert.Throws<ArgumentOutOfRangeException>(() => scheduler.ScheduleTellOnce(-Second, ticker, "x", ActorRefs.NoSender));
        Assert.Throws<ArgumentOutOfRangeException>(() => scheduler.ScheduleTellRepeatedly(Second, TimeSpan.Zero, ticker, "x", ActorRefs.NoSender));
    });

    [Fact]
    public void A_scheduled_action_that_throws_is_logged_and_nothing_else_suffers() => World.Each(world =>
    {
        world.System.Scheduler.Advanced.ScheduleOnce(Second, () => throw new InvalidOperationException("boom"));
        IActorRef ticker = Start(world);
        world.System.Scheduler.ScheduleTellOnce(Second, ticker, "fine", ActorRefs.NoSender);
        world.Runtime.AdvanceBy(Second * 2);
        world.Told("fine");
        Assert.Contains(world.Logged, entry => entry.Cause is InvalidOperationException { Message: "boom" });
    });

    [Fact]
    public void A_repeated_action_that_throws_is_not_run_again() => World.Each(world =>
    {
        int runs = 0, told = 0;
        world.System.Scheduler.Advanced.ScheduleRepeatedly(Second, Second, () => throw new InvalidOperationException($"{++runs}"));
        world.System.Scheduler.Advanced.ScheduleRepeatedly(Second, Second, () => told++);
        world.Runtime.AdvanceBy(Second * 5);
        Assert.Equal((1, 5), (runs, told));
    });

    [Fact(Timeout = 20_000)]
    public async Task A_repeated_action_that_throws_is_not_run_again_by_the_real_scheduler()
    {
        using ActorSystem system = ActorSystem.Create("timers", ConfigurationFactory.ParseString("akka.loglevel = OFF"));
        var probe = new Probe(system);
        IActionScheduler scheduler = system.Scheduler.Advanced;
        int runs = 0;
        TimeSpan interval = TimeSpan.FromMilliseconds(1);
        scheduler.ScheduleRepeatedly(TimeSpan.Zero, interval, () =>
        {
            Interlocked.Increment(ref runs);
            throw new InvalidOperationException("boom");
        });
        scheduler.ScheduleRepeatedly(TimeSpan.FromMilliseconds(50), interval, () => probe.Ref.Tell("tick"));
        for (int i = 0; i < 20; i++)
            probe.Expect("tick");
        Assert.Equal(1, runs);
        await system.Terminate();
    }

    [Fact(Timeout = 20_000)]
    public async Task A_repeated_action_does_not_run_beside_itself()
    {
        using ActorSystem system = ActorSystem.Create("timers", ConfigurationFactory.ParseString("akka.loglevel = OFF"));
        var probe = new Probe(system);
        IActionScheduler scheduler = system.Scheduler.Advanced;
        using var goesOn = new ManualResetEventSlim();
        int inside = 0, inAtOnceMax = 0;
        scheduler.ScheduleRepeatedly(TimeSpan.Zero, TimeSpan.FromMilliseconds(1), () =>
        {
            inAtOnceMax = Math.Max(inAtOnceMax, Interlocked.Increment(ref inside));
            goesOn.Wait();
            Interlocked.Decrement(ref inside);
            probe.Ref.Tell("done", ActorRefs.NoSender);
        });
        scheduler.ScheduleOnce(TimeSpan.FromMilliseconds(30), goesOn.Set);
        for (int i = 0; i < 5; i++)
            probe.Expect("done");
        await system.Terminate();
        Assert.Equal(1, inAtOnceMax);
    }

    [Fact(Timeout = 20_000)]
    public async Task The_real_scheduler_fires_and_forgets_what_is_cancelled()
    {
        using ActorSystem system = ActorSystem.Create("timers", ConfigurationFactory.ParseString("akka.loglevel = OFF"));
        var probe = new Probe(system);
        IScheduler scheduler = system.Scheduler;
        scheduler.ScheduleTellOnceCancelable(TimeSpan.FromHours(1), probe.Ref, "never", ActorRefs.NoSender).Cancel();
        scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(30), probe.Ref, "tick", ActorRefs.NoSender);
        probe.Expect("tick");
        await system.Terminate();
    }
}
