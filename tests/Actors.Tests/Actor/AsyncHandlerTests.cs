namespace Actors.Tests.Actor;

public class AsyncHandlerTests
{
    /// <summary>Awaits a task for each string; tells on both sides of the wait.</summary>
    private sealed class Waiter : ReceiveActor
    {
        private readonly World _world;
        private readonly Task _gate;

        public Waiter(World world, Task gate)
        {
            _world = world;
            _gate = gate;
            ReceiveAsync<string>(Wait);
            Receive<int>(number => world.Say($"number {number}"));
        }

        private async Task Wait(string text)
        {
            IActorRef sender = Sender, self = Self;
            _world.Say($"begins {text}");
            await _gate;
            Assert.Equal(sender, Sender);
            Assert.Equal(self, Self);
            Assert.Equal(self, Context.Self);
            _world.Say($"ends {text}");
            if (text == "boom")
                throw new InvalidOperationException(text);
        }

        protected override void PostStop() => _world.Say("stops");

        protected override void PreRestart(Exception reason, object message) => _world.Say($"fails of {reason.Message} at {message}");
    }

    private static (IActorRef Actor, TaskCompletionSource Gate) Start(World world)
    {
        var gate = new TaskCompletionSource();
        return (world.System.ActorOf(Props.Create(() => new Waiter(world, gate.Task)), "waiter"), gate);
    }

    [Fact]
    public void No_other_message_is_taken_while_a_handler_awaits() => World.Each(world =>
    {
        (IActorRef actor, TaskCompletionSource gate) = Start(world);
        world.Tell(actor, "a", world.Spawn("asker", new Script { TellsLife = false }));
        world.Tell(actor, 1);
        world.Tell(actor, "b");
        world.Told("begins a");
        world.Runtime.RunIn(world.Environment, gate.SetResult);
        world.Settle().Told("begins a", "ends a", "number 1", "begins b", "ends b");
    });

    [Fact]
    public void A_failure_after_an_await_goes_to_the_supervisor() => World.Each(world =>
    {
        (IActorRef actor, TaskCompletionSource gate) = Start(world);
        world.Tell(actor, "boom");
        world.Tell(actor, 1);
        world.Runtime.RunIn(world.Environment, gate.SetResult);
        world.Settle().Told("begins boom", "ends boom", "fails of boom at boom", "number 1");
    });

    [Fact]
    public void A_failed_task_fails_the_actor_with_its_own_exception() => World.Each(world =>
    {
        (IActorRef actor, TaskCompletionSource gate) = Start(world);
        world.Tell(actor, "a");
        world.Runtime.RunIn(world.Environment, () => gate.SetException(new ArgumentException("gate")));
        world.Settle().Told("begins a", "fails of gate at a");
    });

    [Fact]
    public void An_actor_that_awaits_can_be_stopped_and_its_continuation_still_runs() => World.Each(world =>
    {
        (IActorRef actor, TaskCompletionSource gate) = Start(world);
        IActorRef watcher = world.Spawn("watcher", new Script { TellsLife = false });
        world.In(watcher, context => context.Watch(actor));
        world.Tell(actor, "a", watcher);
        world.System.Stop(actor);
        world.Settle().Told("begins a", "stops", "watcher sees the end of waiter");
        world.Runtime.RunIn(world.Environment, gate.SetResult);
        // The rest of the handler has no context any more; it runs so that what it holds is let go.
        world.Settle();
        Assert.Equal(3, world.Story.Count);
    });

    [Fact]
    public void A_handler_that_does_not_wait_keeps_nothing_back() => World.Each(world =>
    {
        IActorRef actor = world.System.ActorOf(Props.Create(() => new Waiter(world, Task.CompletedTask)), "waiter");
        world.Tell(actor, "a");
        world.Tell(actor, 1);
        world.Told("begins a", "ends a", "number 1");
    });

    private sealed class Stepper : ReceiveActor
    {
        public Stepper(World world, Queue<TaskCompletionSource> gates) => ReceiveAnyAsync(async message =>
        {
            int steps = 0;
            while (gates.TryDequeue(out TaskCompletionSource? gate))
            {
                await gate.Task;
                world.Say($"{message} {++steps} by {Self.Path.Name}");
            }
        });
    }

    [Fact]
    public void Every_continuation_runs_in_the_actor() => World.Each(world =>
    {
        TaskCompletionSource[] gates = [new(), new(), new()];
        IActorRef actor = world.System.ActorOf(Props.Create(() => new Stepper(world, new Queue<TaskCompletionSource>(gates))), "stepper");
        world.Tell(actor, "go");
        foreach (TaskCompletionSource gate in gates)
        {
            world.Runtime.RunIn(world.Environment, gate.SetResult);
            world.Settle();
        }
        world.Told("go 1 by stepper", "go 2 by stepper", "go 3 by stepper");
    });

    private sealed class Asker : ReceiveActor
    {
        public Asker(World world, IActorRef other) => ReceiveAsync<string>(async text =>
        {
            IActorRef sender = Sender;
            string answer = await other.Ask<string>(text, TimeSpan.FromSeconds(3));
            world.Say(answer);
            sender.Tell(answer);
        });
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell($"re: {message}"));
    }

    [Fact]
    public void A_handler_can_await_an_Ask() => World.Each(world =>
    {
        IActorRef echo = world.System.ActorOf<Echo>();
        IActorRef asker = world.System.ActorOf(Props.Create(() => new Asker(world, echo)));
        Task<string> answer = asker.Ask<string>("x", TimeSpan.FromSeconds(5));
        Assert.Equal("re: x", world.Runtime.Await(answer, TimeSpan.FromSeconds(5)));
        world.Told("re: x");
    });

    [Fact(Timeout = 30_000)]
    public async Task The_same_holds_on_the_thread_pool_and_on_a_pinned_thread()
    {
        using ActorSystem system = ActorSystem.Create("async", ConfigurationFactory.ParseString("akka.loglevel = OFF\npinned { type = PinnedDispatcher }"));
        foreach (string dispatcher in (string[])["", "pinned"])
        {
            IActorRef counter = system.ActorOf(Props.Create(() => new Counter()).WithDispatcher(dispatcher));
            for (int i = 0; i < 2_000; i++)
                counter.Tell("count");
            Assert.Equal(2_000, await counter.Ask<int>("result", TimeSpan.FromSeconds(20)));
        }
    }

    /// <summary>Its count is right only if no two handlers overlap and each continuation sees what the last one wrote.</summary>
    private sealed class Counter : ReceiveActor
    {
        private int _count;
        private bool _isInside;

        public Counter()
        {
            ReceiveAsync<string>(text => text == "count", async _ =>
            {
                Assert.False(_isInside);
                _isInside = true;
                int seen = _count;
                await Task.Yield();
                _count = seen + 1;
                await Task.Yield();
                _isInside = false;
            });
            Receive<string>(_ => Sender.Tell(_count));
        }
    }

    [Fact]
    public void A_handler_can_stash_and_become_after_an_await() => World.Each(world =>
    {
        var gate = new TaskCompletionSource();
        IActorRef actor = world.System.ActorOf(Props.Create(() => new Chooser(world, gate.Task)), "chooser");
        world.Tell(actor, "a", world.Spawn("asker", new Script { TellsLife = false }));
        world.Tell(actor, "b");
        world.Told();
        world.Runtime.RunIn(world.Environment, gate.SetResult);
        world.Settle().Told("a from asker", "b from deadLetters");
    });

    private sealed class Chooser : ReceiveActor, IWithStash
    {
        public Chooser(World world, Task gate) => ReceiveAsync<string>(async _ =>
        {
            await gate;
            Stash.Stash();
            Become(() => Receive<string>(text => world.Say($"{text} from {Sender.Path.Name}")));
            Stash.UnstashAll();
        });

        public IStash Stash { get; set; } = null!;
    }
}
