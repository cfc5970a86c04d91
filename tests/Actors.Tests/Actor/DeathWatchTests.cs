namespace Actors.Tests.Actor;

public class DeathWatchTests
{
    private static readonly Script Quiet = new() { TellsLife = false };

    [Fact]
    public void A_watcher_hears_of_the_end() => World.Each(world =>
    {
        IActorRef watcher = world.Spawn("watcher", Quiet), watched = world.Spawn("watched", Quiet);
        world.In(watcher, context => context.Watch(watched));
        world.System.Stop(watched);
        world.Settle().Told("watcher sees the end of watched");
    });

    [Fact]
    public void Watching_twice_gives_one_notice() => World.Each(world =>
    {
        IActorRef watcher = world.Spawn("watcher", Quiet), watched = world.Spawn("watched", Quiet);
        world.In(watcher, context => { context.Watch(watched); context.Watch(watched); });
        world.System.Stop(watched);
        world.Settle().Told("watcher sees the end of watched");
    });

    [Fact]
    public void Watching_what_is_already_dead_gives_a_notice_at_once() => World.Each(world =>
    {
        IActorRef watcher = world.Spawn("watcher", Quiet), watched = world.Spawn("watched", Quiet);
        world.System.Stop(watched);
        world.Settle();
        world.In(watcher, context => context.Watch(watched));
        world.Told("watcher sees the end of watched");
    });

    [Fact]
    public void Watching_what_never_was_gives_a_notice_that_does_not_confirm_its_existence() => World.Each(world =>
    {
        IActorRef watcher = world.Spawn("watcher", Quiet);
        IActorRef nobody = ((ExtendedActorSystem)world.System).Provider.ResolveActorRef("akka://world/user/nobody");
        bool? confirmed = null;
        world.In(watcher, context =>
        {
            context.Become(message => { confirmed = (message as Terminated)?.ExistenceConfirmed; return true; });
            context.Watch(nobody);
        });
        Assert.False(confirmed);
    });

    [Fact]
    public void After_Unwatch_no_notice_comes_even_if_it_is_in_the_mailbox() => World.Each(world =>
    {
        IActorRef watcher = world.Spawn("watcher", Quiet), watched = world.Spawn("watched", Quiet);
        world.In(watcher, context => context.Watch(watched));
        // The watcher is kept busy until the notice must have come; then it gives up the watch.
        world.In(watcher, context =>
        {
            world.System.Stop(watched);
            context.Self.Tell(new World.Run(inner => inner.Unwatch(watched)), ActorRefs.NoSender);
        });
        world.Settle();
        world.In(watcher, context => context.Unwatch(watched));
        world.Tell(watcher, "done");
        Assert.Equal("watcher gets done", world.Story[^1]);
        Assert.True(world.Story.Count <= 2);
    });

    [Fact]
    public void A_queued_notice_is_dropped_by_Unwatch() => World.Each(world =>
    {
        IActorRef watched = world.Spawn("watched", Quiet);
        IActorRef watcher = world.Spawn("watcher", Quiet);
        world.In(watcher, context => context.Watch(watched));
        var cell = ((LocalActorRef)watcher).Cell;
        watcher.Tell(new World.Run(context => context.Unwatch(watched)), ActorRefs.NoSender);
        // The notice arrives as a system message, before the message that unwatches, and is queued behind it.
        ((IInternalActorRef)watcher).SendSystemMessage(new Runtime.SystemMessages.DeathWatchNotification(watched, true, false));
        world.Settle();
        Assert.Empty(world.Story);
        Assert.False(cell.IsTerminated);
    });

    [Fact]
    public void A_notice_comes_after_what_the_watched_actor_sent_before() => World.Each(world =>
    {
        IActorRef watcher = world.Spawn("watcher", Quiet), watched = world.Spawn("watched", Quiet);
        world.In(watcher, context => context.Watch(watched));
        world.In(watched, context =>
        {
            watcher.Tell("last words", context.Self);
            context.Stop(context.Self);
        });
        world.Told("watcher gets last words", "watcher sees the end of watched");
    });

    [Fact]
    public void WatchWith_sends_a_message_of_ones_own() => World.Each(world =>
    {
        IActorRef watcher = world.Spawn("watcher", Quiet), watched = world.Spawn("watched", Quiet);
        world.In(watcher, context => context.WatchWith(watched, "it is over"));
        world.System.Stop(watched);
        world.Settle().Told("watcher gets it is over");
    });

    [Fact]
    public void WatchWith_another_message_is_refused_until_unwatched() => World.Each(world =>
    {
        IActorRef watcher = world.Spawn("watcher", Quiet), watched = world.Spawn("watched", Quiet);
        world.In(watcher, context =>
        {
            context.WatchWith(watched, "one");
            Assert.Throws<InvalidOperationException>(() => context.WatchWith(watched, "two"));
            context.Unwatch(watched);
            context.WatchWith(watched, "two");
            world.Say("accepted");
        });
        world.System.Stop(watched);
        world.Settle().Told("accepted", "watcher gets two");
    });

    [Fact]
    public void A_parent_that_watches_a_child_can_take_its_name_again_when_it_hears_of_its_end() => World.Each(world =>
    {
        IActorRef parent = world.Spawn("parent", Quiet);
        IActorRef? child = null;
        world.In(parent, context =>
        {
            child = context.Watch(context.ActorOf(Props.Create(() => new Scripted(world, Quiet)), "child"));
            context.Become(message =>
            {
                if (message is Terminated)
                {
                    context.ActorOf(Props.Create(() => new Scripted(world, Quiet)), "child");
                    world.Say("made again");
                }
                return true;
            });
            context.Stop(child);
        });
        world.Told("made again");
    });

    [Fact]
    public void An_unhandled_Terminated_is_a_death_pact() => World.Each(world =>
    {
        IActorRef parent = world.Spawn("parent", Quiet);
        IActorRef? watcher = null;
        IActorRef watched = world.Spawn("watched", Quiet);
        world.In(parent, context => watcher = context.ActorOf(Props.Create(() => new Scripted(world, new Script { TellsLife = false, HandlesTerminated = false })), "watcher"));
        world.In(watcher!, context => context.Watch(watched));
        world.System.Stop(watched);
        world.Settle();
        Assert.True(((IInternalActorRef)watcher!).IsTerminated);
        Assert.Contains(world.Logged, entry => entry is Error { Cause: DeathPactException });
    });

    [Fact]
    public void A_watch_survives_the_restart_of_the_watched() => World.Each(world =>
    {
        IActorRef watcher = world.Spawn("watcher", Quiet), watched = world.Spawn("watched", Quiet);
        world.In(watcher, context => context.Watch(watched));
        world.Tell(watched, new InvalidOperationException("boom"));
        Assert.Empty(world.Story);
        world.System.Stop(watched);
        world.Settle().Told("watcher sees the end of watched");
    });

    [Fact]
    public void An_actor_that_stops_gives_up_its_watches() => World.Each(world =>
    {
        IActorRef watcher = world.Spawn("watcher", Quiet), watched = world.Spawn("watched", Quiet);
        List<DeadLetter> dead = world.Published<DeadLetter>();
        world.In(watcher, context => context.Watch(watched));
        world.System.Stop(watcher);
        world.Settle();
        world.System.Stop(watched);
        world.Settle();
        Assert.Empty(dead);
        Assert.Empty(world.Story);
    });

    [Fact]
    public void When_an_address_is_gone_its_watched_actors_have_terminated() => World.Each(world =>
    {
        IActorRef watcher = world.Spawn("watcher", Quiet);
        var far = new FarRef(((ExtendedActorSystem)world.System).Provider);
        Terminated? seen = null;
        world.In(watcher, context =>
        {
            context.Become(message => { seen = message as Terminated; return true; });
            context.Watch(far);
        });
        ((ActorSystemImpl)world.System).AddressTerminations.Publish(new Address("akka.tcp", "other", "host", 1));
        world.Settle();
        Assert.Null(seen);
        ((ActorSystemImpl)world.System).AddressTerminations.Publish(far.Path.Address);
        world.Settle();
        Assert.True(seen is { AddressTerminated: true });
    });

    /// <summary>A ref to another system that says nothing.</summary>
    private sealed class FarRef(IActorRefProvider provider) : MinimalActorRef
    {
        public override ActorPath Path { get; } = new RootActorPath(new Address("akka.tcp", "far", "host", 2)) / "user" / "x";

        public override IActorRefProvider Provider => provider;

        public override bool IsLocal => false;
    }
}
