namespace Actors.Tests.Actor;

public class ReceiveActorTests
{
    private sealed class Door : ReceiveActor
    {
        private readonly World _world;

        public Door(World world)
        {
            _world = world;
            Become(Closed);
        }

        private void Closed()
        {
            Receive<string>(text => text == "open", _ => Become(Open));
            Receive<string>(text => _world.Say($"closed: {text}"));
        }

        private void Open()
        {
            Receive<string>(text => BecomeStacked(Locked), text => text == "lock");
            Receive<string>(text => _world.Say($"open: {text}"));
        }

        private void Locked()
        {
            Receive<string>(_ => UnbecomeStacked(), text => text == "unlock");
            ReceiveAny(message => _world.Say($"locked: {message}"));
        }
    }

    [Fact]
    public void Become_replaces_the_behaviour_and_BecomeStacked_keeps_it_below() => World.Each(world =>
    {
        IActorRef door = world.System.ActorOf(Props.Create(() => new Door(world)));
        foreach (string word in (string[])["a", "open", "b", "lock", "c", "unlock", "d"])
            world.Tell(door, word);
        world.Told("closed: a", "open: b", "locked: c", "open: d");
    });

    private sealed class Ordered : ReceiveActor
    {
        public Ordered(World world)
        {
            Receive<int>(number => number > 10, _ => world.Say("large"));
            Receive<int>(number => number % 2 == 0);
            Receive<int>(number => world.Say("odd"));
            Type type = typeof(Version);
            Receive(type, _ => world.Say("version"));
            Receive<IComparable>(_ => world.Say("comparable"));
            ReceiveAny(_ => world.Say("any"));
            Assert.Throws<InvalidOperationException>(() => Receive<int>(_ => { }));
        }
    }

    [Fact]
    public void The_first_handler_that_fits_takes_the_message() => World.Each(world =>
    {
        IActorRef actor = world.System.ActorOf(Props.Create(() => new Ordered(world)));
        foreach (object message in (object[])[11, 2, 3, new Version(1, 0), "text", new object()])
            world.Tell(actor, message);
        world.Told("large", "odd", "version", "comparable", "any");
    });

    private sealed class Late : ReceiveActor
    {
        public Late(World world) => Receive<string>(_ =>
        {
            Assert.Throws<InvalidOperationException>(() => Receive<int>(_ => { }));
            world.Say("refused");
        });
    }

    [Fact]
    public void Handlers_are_registered_only_while_configuring() => World.Each(world =>
    {
        world.Tell(world.System.ActorOf(Props.Create(() => new Late(world))), "now");
        world.Told("refused");
    });

    private sealed class Picky : ReceiveActor
    {
        public Picky() => Receive<string>(_ => { });
    }

    [Fact]
    public void What_no_handler_takes_is_published_as_unhandled() => World.Each(world =>
    {
        List<UnhandledMessage> unhandled = world.Published<UnhandledMessage>();
        IActorRef picky = world.System.ActorOf<Picky>("picky");
        world.Tell(picky, 5);
        UnhandledMessage one = Assert.Single(unhandled);
        Assert.Equal(5, one.Message);
        Assert.Equal(picky, one.Recipient);
    });

    [Fact]
    public void A_restart_returns_to_the_initial_behaviour() => World.Each(world =>
    {
        IActorRef parent = world.Spawn("parent", new Script { TellsLife = false });
        IActorRef? actor = null;
        world.In(parent, context => actor = context.ActorOf(Props.Create(() => new Scripted(world, new Script { TellsLife = false })), "child"));
        world.In(actor!, context => context.Become(message => message is Exception failure ? throw failure : true));
        world.Tell(actor!, "ignored");
        world.Tell(actor!, new InvalidOperationException("boom"));
        world.Tell(actor!, "heard");
        world.Told("child gets heard");
    });

    [Fact]
    public void An_actor_cannot_be_made_by_new()
    {
        Exception? refusal = null;
        // A thread that nothing has run on: a test kit leaves its test actor on the thread that it was made on.
        var fresh = new Thread(() => refusal = Record.Exception(() => new Picky()));
        fresh.Start();
        fresh.Join();
        Assert.IsType<ActorInitializationException>(refusal);
    }
}
