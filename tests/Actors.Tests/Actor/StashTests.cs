namespace Actors.Tests.Actor;

public class StashTests
{
    private sealed class Keeper : ReceiveActor, IWithStash
    {
        private readonly World _world;

        public Keeper(World world)
        {
            _world = world;
            Become(Closed);
        }

        public IStash Stash { get; set; } = null!;

        private void Closed()
        {
            Receive<string>(text => text == "open", _ =>
            {
                Become(Opened);
                Stash.UnstashAll();
            });
            Receive<string>(text => text == "one", _ => { Become(Opened); Stash.Unstash(); });
            Receive<string>(text => text == "twice", _ =>
            {
                Stash.Stash();
                Assert.Throws<IllegalActorStateException>(Stash.Stash);
            });
            Receive<Exception>(failure => throw failure);
            ReceiveAny(_ => Stash.Stash());
        }

        private void Opened() => ReceiveAny(message => _world.Say($"{message}{(Sender == Context.System.DeadLetters ? "" : $" from {Sender.Path.Name}")}"));

        protected override void PreRestart(Exception reason, object message) => _world.Say("fails");
    }

    private static IActorRef Start(World world, int capacity = -1) =>
        world.System.ActorOf(Props.Create(() => new Keeper(world)).WithStashCapacity(capacity), "keeper");

    [Fact]
    public void Unstashed_messages_come_before_newer_ones_in_their_order_and_with_their_senders() => World.Each(world =>
    {
        IActorRef keeper = Start(world), sender = world.Spawn("sender", new Script { TellsLife = false });
        keeper.Tell("1", ActorRefs.NoSender);
        keeper.Tell("2", sender);
        keeper.Tell("open", ActorRefs.NoSender);
        keeper.Tell("3", ActorRefs.NoSender);
        world.Settle().Told("1", "2 from sender", "3");
    });

    [Fact]
    public void Unstash_gives_back_the_oldest() => World.Each(world =>
    {
        IActorRef keeper = Start(world);
        foreach (string text in (string[])["1", "2", "one", "3"])
            keeper.Tell(text, ActorRefs.NoSender);
        world.Settle().Told("1", "3");
    });

    [Fact]
    public void The_same_message_cannot_be_stashed_twice() => World.Each(world =>
    {
        IActorRef keeper = Start(world);
        world.Tell(keeper, "twice");
        world.Tell(keeper, "open");
        world.Told("twice");
    });

    [Fact]
    public void An_object_that_is_sent_twice_is_two_messages_also_when_it_is_stashed_again() => World.Each(world =>
    {
        IActorRef keeper = Start(world);
        foreach (string text in (string[])["1", "1", "one", "1"])
            keeper.Tell(text, ActorRefs.NoSender);
        world.Settle().Told("1", "1");
        Assert.Empty(world.Logged);
    });

    [Fact]
    public void A_full_stash_fails_the_actor() => World.Each(world =>
    {
        IActorRef keeper = Start(world, capacity: 2);
        foreach (string text in (string[])["1", "2", "3"])
            world.Tell(keeper, text);
        Assert.Contains(world.Logged, entry => entry.Cause is StashOverflowException);
        Assert.Equal("fails", Assert.Single(world.Story));
    });

    [Fact]
    public void Stashed_messages_are_kept_over_a_restart() => World.Each(world =>
    {
        IActorRef keeper = Start(world);
        world.Tell(keeper, "1");
        world.Tell(keeper, new InvalidOperationException("boom"));
        world.Tell(keeper, "open");
        world.Told("fails", "1");
    });

    [Fact]
    public void Stashed_messages_of_a_stopped_actor_are_dead_letters() => World.Each(world =>
    {
        List<DeadLetter> dead = world.Published<DeadLetter>();
        IActorRef keeper = Start(world);
        world.Tell(keeper, "1");
        world.System.Stop(keeper);
        world.Settle();
        Assert.Equal("1", Assert.Single(dead).Message);
    });

    private sealed class Unbounded : UntypedActorWithUnboundedStash
    {
        public Unbounded(List<(int Capacity, int Count, bool IsFull)> seen) => Seen = seen;

        private List<(int Capacity, int Count, bool IsFull)> Seen { get; }

        protected override void OnReceive(object message)
        {
            Stash.Stash();
            Seen.Add((Stash.Capacity, Stash.Count, Stash.IsFull));
        }
    }

    [Fact]
    public void A_stash_that_the_actor_declares_unbounded_has_no_capacity_whatever_the_props_say() => World.Each(world =>
    {
        List<(int Capacity, int Count, bool IsFull)> seen = [];
        IActorRef actor = world.System.ActorOf(Props.Create(() => new Unbounded(seen)).WithStashCapacity(1));
        world.Tell(actor, "1");
        world.Tell(actor, "2");
        Assert.Equal([(-1, 1, false), (-1, 2, false)], seen);
    });

    /// <summary>Stashes the notice of an end once; stashes what it fails at, and answers its sender.</summary>
    private sealed class Careful : ReceiveActor, IWithStash
    {
        private readonly World _world;

        public Careful(World world)
        {
            _world = world;
            bool isStashed = false;
            Receive<IActorRef>(other => Context.Watch(other));
            Receive<Terminated>(_ => !isStashed, _ =>
            {
                isStashed = true;
                Stash.Stash();
                Stash.UnstashAll();
            });
            Receive<Terminated>(terminated => world.Say($"end of {terminated.ActorRef.Path.Name}"));
            Receive<Func<bool>>(fails => world.Say(fails() ? throw new InvalidOperationException("boom") : $"done for {Sender.Path.Name}"));
        }

        public IStash Stash { get; set; } = null!;

        protected override void PreRestart(Exception reason, object message)
        {
            _world.Say($"fails at what {Sender.Path.Name} sent, {message is Func<bool>}");
            Stash.Stash();
        }
    }

    [Fact]
    public void A_notice_of_an_end_that_was_stashed_comes_again() => World.Each(world =>
    {
        IActorRef careful = world.System.ActorOf(Props.Create(() => new Careful(world)));
        IActorRef watched = world.Spawn("watched", new Script { TellsLife = false });
        world.Tell(careful, watched);
        world.System.Stop(watched);
        world.Settle().Told("end of watched");
    });

    [Fact]
    public void PreRestart_knows_the_sender_and_can_stash_what_the_actor_failed_at() => World.Each(world =>
    {
        int calls = 0;
        Func<bool> fails = () => ++calls == 1;
        IActorRef careful = world.System.ActorOf(Props.Create(() => new Careful(world)));
        world.Tell(careful, fails, world.Spawn("asker", new Script { TellsLife = false }));
        world.Told("fails at what asker sent, True", "done for asker");
    });
}
