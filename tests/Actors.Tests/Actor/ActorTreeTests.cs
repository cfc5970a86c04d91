namespace Actors.Tests.Actor;

public class ActorTreeTests
{
    private static readonly Script Quiet = new() { TellsLife = false };
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_name_is_taken_until_its_actor_has_stopped() => World.Each(world =>
    {
        IActorRef first = world.Spawn("name", Quiet);
        Assert.Throws<InvalidActorNameException>(() => world.Spawn("name", Quiet));
        world.System.Stop(first);
        Assert.Throws<InvalidActorNameException>(() => world.Spawn("name", Quiet));
        world.Settle();
        IActorRef second = world.Spawn("name", Quiet);
        Assert.Equal(first.Path, second.Path);
        Assert.NotEqual(first, second);
        Assert.NotEqual(first.Path.Uid, second.Path.Uid);
    });

    [Theory]
    [InlineData("")]
    [InlineData("$a")]
    [InlineData("with space")]
    [InlineData("slash/inside")]
    [InlineData("ümlaut")]
    [InlineData("per%zz")]
    public void A_name_that_paths_cannot_hold_is_refused(string name) => World.Each(world =>
        Assert.Throws<InvalidActorNameException>(() => world.Spawn(name, Quiet)));

    [Theory]
    [InlineData("a-b_c.d*e$f+g:h@i&j=k,l!m~n';o()")]
    [InlineData("per%20cent")]
    public void Other_names_are_taken(string name) => World.Each(world => Assert.Equal(name, world.Spawn(name, Quiet).Path.Name));

    [Fact]
    public void Actors_without_a_name_get_one() => World.Each(world =>
    {
        IActorRef first = world.System.ActorOf(Props.Create(() => new Scripted(world, Quiet)));
        IActorRef second = world.System.ActorOf(Props.Create(() => new Scripted(world, Quiet)));
        Assert.Equal("$a", first.Path.Name);
        Assert.Equal("$b", second.Path.Name);
    });

    [Fact]
    public void A_message_to_a_stopped_incarnation_does_not_reach_the_next_one() => World.Each(world =>
    {
        List<DeadLetter> dead = world.Published<DeadLetter>();
        IActorRef first = world.Spawn("name", Quiet);
        world.System.Stop(first);
        world.Settle();
        world.Spawn("name", Quiet);
        world.Tell(first, "hello");
        Assert.Empty(world.Story);
        Assert.Equal(first, Assert.Single(dead).Recipient);
    });

    [Fact]
    public void PoisonPill_stops_an_actor_after_the_messages_before_it() => World.Each(world =>
    {
        IActorRef actor = world.Spawn("actor");
        actor.Tell("before", ActorRefs.NoSender);
        actor.Tell(PoisonPill.Instance, ActorRefs.NoSender);
        actor.Tell("after", ActorRefs.NoSender);
        world.Settle().Told("actor starts", "actor gets before", "actor stops");
    });

    [Fact]
    public void Children_stop_before_their_parent() => World.Each(world =>
    {
        IActorRef parent = world.Spawn("parent");
        world.In(parent, context =>
        {
            IActorRef child = context.ActorOf(Props.Create(() => new Scripted(world, new Script())), "child");
            child.Tell(new World.Run(inner => inner.ActorOf(Props.Create(() => new Scripted(world, new Script())), "grandchild")), ActorRefs.NoSender);
        });
        world.System.Stop(parent);
        world.Settle();
        Assert.Equal(["grandchild stops", "child stops", "parent stops"], world.Story[^3..]);
    });

    [Fact]
    public void A_stopping_actor_makes_no_children() => World.Each(world =>
    {
        Exception? refused = null;
        IActorRef parent = world.Spawn("parent", new Script());
        world.In(parent, context =>
        {
            context.ActorOf(Props.Create(() => new Scripted(world, Quiet)), "child");
            context.Stop(context.Self);
        });
        Action<Exception> report = cause => refused = cause;
        IActorRef last = world.System.ActorOf(Props.Create(() => new LastWish(report)));
        world.System.Stop(last);
        world.Settle();
        Assert.IsType<InvalidOperationException>(refused);
    });

    private sealed class LastWish(Action<Exception> report) : UntypedActor
    {
        protected override void OnReceive(object message) { }

        protected override void PostStop()
        {
            try
            {
                Context.ActorOf<Nothing>("late");
            }
            catch (InvalidOperationException cause)
            {
                report(cause);
            }
        }
    }

    private sealed class Nothing : UntypedActor
    {
        protected override void OnReceive(object message) { }
    }

    [Fact]
    public void An_actor_stops_although_PostStop_throws() => World.Each(world =>
    {
        IActorRef watcher = world.Spawn("watcher", Quiet);
        IActorRef actor = world.Spawn("actor", new Script { TellsLife = false, OnPostStop = () => throw new InvalidOperationException("boom") });
        world.In(watcher, context => context.Watch(actor));
        world.System.Stop(actor);
        world.Settle().Told("watcher sees the end of actor");
    });

    [Fact]
    public void Identify_is_answered_with_the_ref_and_for_nobody_with_null() => World.Each(world =>
    {
        IActorRef actor = world.Spawn("actor", Quiet);
        ActorIdentity found = world.Runtime.Await(world.System.ActorSelection("/user/actor").Ask<ActorIdentity>(new Identify(7), Second), Second);
        Assert.Equal(7, found.MessageId);
        Assert.Equal(actor, found.Subject);
        foreach (string path in (string[])["/user/nobody", "/user/actor/below", "/nowhere", "akka://other/user/actor", "/user/no*"])
        {
            ActorIdentity none = world.Runtime.Await(world.System.ActorSelection(path).Ask<ActorIdentity>(new Identify(path), Second), Second);
            Assert.Null(none.Subject);
            Assert.Equal(path, none.MessageId);
        }
    });

    [Theory]
    [InlineData("/user/a", "a")]
    [InlineData("/user/*", "a b")]
    [InlineData("/user/?", "a b")]
    [InlineData("/user/*/x*", "x1 x2")]
    [InlineData("/user/a/x?", "x1 x2")]
    [InlineData("/user/a/../b", "b")]
    [InlineData("/user/a/**", "x1 x2")]
    [InlineData("akka://world/user/b", "b")]
    public void A_selection_reaches_whoever_fits(string path, string reached) => World.Each(world =>
    {
        IActorRef a = world.Spawn("a", Quiet);
        world.Spawn("b", Quiet);
        foreach (string name in (string[])["x1", "x2"])
            world.In(a, context => context.ActorOf(Props.Create(() => new Scripted(world, Quiet)), name));
        world.System.ActorSelection(path).Tell("hi", ActorRefs.NoSender);
        world.Settle();
        Assert.Equal(reached.Split(' ').Select(name => $"{name} gets hi"), world.Story.Order());
    });

    [Fact]
    public void A_context_selects_relative_to_its_actor() => World.Each(world =>
    {
        IActorRef a = world.Spawn("a", Quiet);
        world.Spawn("b", Quiet);
        world.In(a, context => context.ActorOf(Props.Create(() => new Scripted(world, Quiet)), "child"));
        world.In(a, context =>
        {
            context.ActorSelection("child").Tell("down");
            context.ActorSelection("../b").Tell("across");
        });
        Assert.Equal(["b gets across", "child gets down"], world.Story.Order());
    });

    [Fact]
    public void A_selection_that_reaches_nobody_is_a_dead_letter() => World.Each(world =>
    {
        List<DeadLetter> dead = world.Published<DeadLetter>();
        world.System.ActorSelection("/user/nobody").Tell("hi", ActorRefs.NoSender);
        world.Settle();
        Assert.Equal("hi", Assert.Single(dead).Message);
    });

    [Fact]
    public void ResolveOne_finds_the_ref_or_fails() => World.Each(world =>
    {
        IActorRef actor = world.Spawn("actor", Quiet);
        Assert.Equal(actor, world.Runtime.Await(world.System.ActorSelection("/user/actor").ResolveOne(Second), Second));
        Task<IActorRef> missing = world.System.ActorSelection("/user/nobody").ResolveOne(Second);
        Assert.Throws<ActorNotFoundException>(() => world.Runtime.Await(missing, Second * 2));
        Task<IActorRef> givenUp = world.System.ActorSelection("/user/actor").ResolveOne(Second, new CancellationToken(canceled: true));
        Assert.Throws<ActorNotFoundException>(() => world.Runtime.Await(givenUp, Second * 2));
    });

    [Fact]
    public void A_path_text_resolves_to_its_incarnation_only() => World.Each(world =>
    {
        IActorRef actor = world.Spawn("actor", Quiet);
        IActorRefProvider provider = ((ExtendedActorSystem)world.System).Provider;
        Assert.Equal(actor, provider.ResolveActorRef(actor.Path.ToSerializationFormat()));
        Assert.Same(actor, provider.ResolveActorRef("akka://world/user/actor"));
        IActorRef other = provider.ResolveActorRef($"akka://world/user/actor#{actor.Path.Uid + 1}");
        Assert.True(((IInternalActorRef)other).IsTerminated);
        Assert.Equal("/deadLetters", provider.ResolveActorRef("akka.tcp://other@h:1/user/x").Path.ToStringWithoutAddress());
    });

    [Fact]
    public void A_context_knows_its_children_and_its_parent() => World.Each(world =>
    {
        IActorRef parent = world.Spawn("parent", Quiet);
        world.In(parent, context =>
        {
            IActorRef child = context.ActorOf(Props.Create(() => new Scripted(world, Quiet)), "child");
            Assert.Equal(child, context.Child("child"));
            Assert.True(context.Child("nobody").IsNobody());
            Assert.Equal([child], context.GetChildren());
            child.Tell(new World.Run(inner => world.Say($"parent is {inner.Parent.Path.Name}")));
        });
        world.Told("parent is parent");
    });

    [Fact]
    public void The_tree_can_be_printed() => World.Each(world =>
    {
        world.Spawn("actor", Quiet);
        Assert.Contains("actor (Scripted)", ((ExtendedActorSystem)world.System).PrintTree(), StringComparison.Ordinal);
    });
}
