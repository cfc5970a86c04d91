namespace Actors.Tests.Actor;

public class MailboxTests
{
    private const string Config = """
        akka.loglevel = ERROR
        akka.log-dead-letters = off
        pinned { type = PinnedDispatcher }
        small { mailbox-capacity = 2 }
        akka.actor.deployment {
          /deployed { dispatcher = pinned, mailbox = small }
          "/family/*" { dispatcher = pinned }
        }
        actors.mailboxes {
          "/user/bounded" { capacity = 3 }
          "/user/failing" { capacity = 3, overflow = fail }
          "/user/nonsense" { capacity = 3, overflow = explode }
        }
        """;

    private static readonly Script Quiet = new() { TellsLife = false };

    [Fact]
    public void A_full_mailbox_drops_the_newest_message() => World.Each(
        world =>
        {
            List<DeadLetter> dead = world.Published<DeadLetter>();
            IActorRef actor = world.Spawn("bounded", Quiet);
            for (int i = 1; i <= 5; i++)
                actor.Tell(i, ActorRefs.NoSender);
            world.Settle().Told("bounded gets 1", "bounded gets 2", "bounded gets 3");
            Assert.Equal([4, 5], dead.Select(letter => (int)letter.Message));
            world.Tell(actor, 6);
            Assert.Equal("bounded gets 6", world.Story[^1]);
        },
        Config);

    [Fact]
    public void A_full_mailbox_fails_its_actor_if_told_so() => World.Each(
        world =>
        {
            IActorRef actor = world.Spawn("failing");
            world.Settle();
            for (int i = 1; i <= 4; i++)
                actor.Tell(i, ActorRefs.NoSender);
            world.Settle();
            Assert.Contains(world.Logged, entry => entry.Cause is MailboxOverflowException);
            Assert.Contains("failing restarts", world.Story);
            Assert.Equal("failing gets 3", world.Story[^1]);
        },
        Config);

    [Fact]
    public void A_notice_of_an_end_enters_a_full_mailbox() => World.Each(
        world =>
        {
            IActorRef actor = world.Spawn("bounded", Quiet), watched = world.Spawn("watched", Quiet);
            world.In(actor, context => context.Watch(watched));
            for (int i = 1; i <= 3; i++)
                actor.Tell(i, ActorRefs.NoSender);
            world.System.Stop(watched);
            world.Settle();
            Assert.Contains("bounded sees the end of watched", world.Story);
        },
        Config);

    [Fact]
    public void A_full_subscriber_to_dead_letters_does_not_make_dead_letters_of_dead_letters() => World.Each(
        world =>
        {
            IActorRef actor = world.Spawn("bounded", new Script { TellsLife = false });
            world.System.EventStream.Subscribe(actor, typeof(DeadLetter));
            for (int i = 1; i <= 10; i++)
                world.System.DeadLetters.Tell(i, ActorRefs.NoSender);
            world.Settle();
            Assert.Equal(3, world.Story.Count);
        },
        Config);

    [Fact]
    public void An_unknown_policy_is_refused() => World.Each(world => Assert.Throws<ConfigurationException>(() => world.Spawn("nonsense")), Config);

    [Fact]
    public void An_unknown_dispatcher_is_refused() => World.Each(world =>
        Assert.Throws<ConfigurationException>(() => world.System.ActorOf(Props.Create(() => new Scripted(world, Quiet)).WithDispatcher("nowhere"), "x")));

    [Fact]
    public void System_messages_go_before_ordinary_ones() => World.Each(world =>
    {
        IActorRef actor = world.Spawn("actor", Quiet);
        world.Settle();
        for (int i = 0; i < 10; i++)
            actor.Tell(i, ActorRefs.NoSender);
        world.System.Stop(actor);
        world.Settle();
        Assert.Empty(world.Story);
    });

    [Fact(Timeout = 30_000)]
    public async Task A_pinned_actor_has_a_thread_of_its_own_by_props_or_deployment()
    {
        using ActorSystem system = ActorSystem.Create("pinned", ConfigurationFactory.ParseString(Config));
        IActorRef[] actors =
        [
            system.ActorOf(Props.Create<Where>().WithDispatcher("pinned"), "props"),
            system.ActorOf(Props.Create<Where>(), "deployed"),
            await system.ActorOf(Props.Create<Family>(), "family").Ask<IActorRef>("child", TimeSpan.FromSeconds(10)),
        ];
        var threads = new HashSet<int>();
        foreach (IActorRef actor in actors)
        {
            for (int i = 0; i < 3; i++)
                threads.Add(await actor.Ask<int>("where", TimeSpan.FromSeconds(10)));
        }
        Assert.Equal(3, threads.Count);
        Assert.DoesNotContain(0, threads);
        IActorRef free = system.ActorOf<Where>("free");
        Assert.Equal(0, await free.Ask<int>("where", TimeSpan.FromSeconds(10)));
    }

    [Theory]
    [InlineData("akka.actor.internal-dispatcher", "")]
    [InlineData("akka.actor.default-blocking-io-dispatcher", "akka.actor.default-mailbox")]
    [InlineData("akka.actor.default-fork-join-dispatcher", "akka.actor.mailbox.unbounded-queue-based")]
    [InlineData("akka.actor.task-dispatcher", "akka.actor.mailbox.unbounded-deque-based")]
    [InlineData("", "akka.actor.mailbox.bounded-queue-based")]
    [InlineData("", "akka.actor.mailbox.bounded-deque-based")]
    public void The_dispatchers_and_mailboxes_that_Akka_NET_brings_along_are_there(string dispatcher, string mailbox) => World.Each(world =>
    {
        IActorRef actor = world.System.ActorOf(Props.Create(() => new Scripted(world, new Script { TellsLife = false })).WithDispatcher(dispatcher).WithMailbox(mailbox));
        actor.Tell(new World.Run(_ => world.Say("here")));
        world.Settle();
        world.Told("here");
    });

    /// <summary>Says on which thread it runs; 0 for one of the pool.</summary>
    private sealed class Where : ReceiveActor
    {
        public Where() => ReceiveAny(_ => Sender.Tell(Thread.CurrentThread.IsThreadPoolThread ? 0 : Environment.CurrentManagedThreadId));
    }

    private sealed class Family : ReceiveActor
    {
        public Family() => ReceiveAny(_ => Sender.Tell(Context.ActorOf<Where>("child")));
    }

    [Fact(Timeout = 60_000)]
    public async Task No_message_is_lost_or_reordered_between_many_senders_and_one_receiver()
    {
        const int Senders = 4, Each = 50_000;
        using ActorSystem system = ActorSystem.Create("many", ConfigurationFactory.ParseString("akka.loglevel = ERROR"));
        var done = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        IActorRef receiver = system.ActorOf(Props.Create(() => new Checker(Senders, Each, done)));
        Thread[] threads = Enumerable.Range(0, Senders).Select(sender => new Thread(() =>
        {
            for (int i = 0; i < Each; i++)
                receiver.Tell((sender, i), ActorRefs.NoSender);
        })).ToArray();
        foreach (Thread thread in threads)
            thread.Start();
        Assert.Equal("in order", await done.Task);
    }

    private sealed class Checker : ReceiveActor
    {
        public Checker(int senders, int each, TaskCompletionSource<string> done)
        {
            int[] next = new int[senders];
            int total = 0;
            Receive<(int Sender, int Number)>(message =>
            {
                if (message.Number != next[message.Sender]++)
                    done.TrySetResult($"{message} came out of order");
                if (++total == senders * each)
                    done.TrySetResult("in order");
            });
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Every_message_is_either_received_or_a_dead_letter_when_an_actor_stops_under_load()
    {
        using ActorSystem system = ActorSystem.Create("stop", ConfigurationFactory.ParseString("akka.loglevel = ERROR\nakka.log-dead-letters = off"));
        var counts = new Counts();
        system.EventStream.Subscribe(system.ActorOf(Props.Create(() => new DeadCounter(counts))), typeof(DeadLetter));
        const int Rounds = 200, Each = 500;
        for (int round = 0; round < Rounds; round++)
        {
            IActorRef actor = system.ActorOf(Props.Create(() => new LiveCounter(counts)));
            var sender = new Thread(() =>
            {
                for (int i = 0; i < Each; i++)
                    actor.Tell("x", ActorRefs.NoSender);
            });
            sender.Start();
            await actor.GracefulStop(TimeSpan.FromSeconds(10), PoisonPill.Instance);
            sender.Join();
        }
        await counts.Reached(Rounds * Each).WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_child_that_is_made_while_its_parent_stops_is_refused_or_stopped()
    {
        for (int round = 0; round < 20; round++)
        {
            ActorSystem system = ActorSystem.Create("race", ConfigurationFactory.ParseString("akka.loglevel = OFF"));
            var made = new List<IActorRef>();
            var maker = new Thread(() =>
            {
                try
                {
                    while (made.Count < 2_000)
                        made.Add(system.ActorOf<Where>());
                }
                catch (InvalidOperationException)
                {
                    // Refused from here on.
                }
            });
            maker.Start();
            await system.Terminate();
            maker.Join();
            Assert.All(made, child => Assert.True(((IInternalActorRef)child).IsTerminated));
        }
    }

    private sealed class Counts
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;
        private int _target = int.MaxValue;

        public void Add()
        {
            if (Interlocked.Increment(ref _count) >= Volatile.Read(ref _target))
                _reached.TrySetResult();
        }

        public Task Reached(int target)
        {
            Volatile.Write(ref _target, target);
            if (Volatile.Read(ref _count) >= target)
                _reached.TrySetResult();
            return _reached.Task;
        }
    }

    private sealed class DeadCounter : ReceiveActor
    {
        public DeadCounter(Counts counts) => Receive<DeadLetter>(letter => letter.Message is "x", _ => counts.Add());
    }

    private sealed class LiveCounter : ReceiveActor
    {
        public LiveCounter(Counts counts) => ReceiveAny(_ => counts.Add());
    }
}
