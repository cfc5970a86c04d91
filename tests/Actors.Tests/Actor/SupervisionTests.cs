using Actors.Runtime.SystemMessages;

namespace Actors.Tests.Actor;

public class SupervisionTests
{
    private static readonly Exception Failure = new InvalidOperationException("boom");

    private static OneForOneStrategy Deciding(Directive directive) => new(_ => directive);

    private static IActorRef ChildOf(World world, IActorRef parent, string name, Script? script = null)
    {
        IActorRef? child = null;
        world.In(parent, context => child = context.ActorOf(Props.Create(() => new Scripted(world, script ?? new Script())), name));
        return child!;
    }

    [Fact]
    public void A_failed_child_is_restarted_by_default_and_goes_on_behind_the_same_ref() => World.Each(world =>
    {
        IActorRef child = ChildOf(world, world.Spawn("parent"), "child");
        world.Tell(child, Failure);
        world.Tell(child, "hello");
        world.Told("parent starts", "child starts", "child fails of boom at InvalidOperationException", "child stops", "child restarts", "child starts", "child gets hello");
    });

    [Fact]
    public void Messages_that_wait_are_kept_over_a_restart_and_the_one_that_failed_is_lost() => World.Each(world =>
    {
        IActorRef child = ChildOf(world, world.Spawn("parent"), "child", new Script { TellsLife = false });
        child.Tell("1", ActorRefs.NoSender);
        child.Tell(Failure, ActorRefs.NoSender);
        child.Tell("2", ActorRefs.NoSender);
        child.Tell("3", ActorRefs.NoSender);
        world.Settle().Told("parent starts", "child gets 1", "child gets 2", "child gets 3");
    });

    [Fact]
    public void A_resumed_child_keeps_its_instance() => World.Each(world =>
    {
        IActorRef child = ChildOf(world, world.Spawn("parent", new Script { Strategy = Deciding(Directive.Resume) }), "child");
        world.Tell(child, Failure);
        world.Tell(child, "hello");
        world.Told("parent starts", "child starts", "child gets hello");
    });

    [Fact]
    public void A_strategy_is_made_once_for_each_instance() => World.Each(world =>
    {
        var made = new List<int>();
        IActorRef parent = world.System.ActorOf(Props.Create(() => new Patient(made)), "parent");
        foreach (string name in (string[])["a", "b"])
        {
            IActorRef child = ChildOf(world, parent, name, new Script { TellsLife = false });
            world.Tell(child, Failure);
            world.Tell(child, PoisonPill.Instance);
        }
        Assert.Equal([2], made);
    });

    /// <summary>Counts failures in its strategy.</summary>
    private sealed class Patient(List<int> made) : UntypedActor
    {
        protected override SupervisorStrategy SupervisorStrategy()
        {
            int index = made.Count;
            made.Add(0);
            return new OneForOneStrategy(_ =>
            {
                made[index]++;
                return Directive.Restart;
            });
        }

        protected override void OnReceive(object message) => ((World.Run)message).Code(Context);
    }

    [Fact]
    public void A_stopped_child_is_gone() => World.Each(world =>
    {
        IActorRef child = ChildOf(world, world.Spawn("parent", new Script { Strategy = Deciding(Directive.Stop) }), "child");
        world.Tell(child, Failure);
        world.Tell(child, "hello");
        world.Told("parent starts", "child starts", "child stops");
    });

    [Fact]
    public void An_escalated_failure_fails_the_parent_whose_restart_stops_the_child() => World.Each(world =>
    {
        IActorRef parent = world.Spawn("parent", new Script { Strategy = Deciding(Directive.Escalate) });
        IActorRef child = ChildOf(world, parent, "child");
        world.Tell(child, Failure);
        world.Tell(parent, "hello");
        // The child ends while the parent prepares: its place among the parent's own words is not fixed.
        Assert.Equal(["parent starts", "parent fails of boom at nothing", "parent stops", "parent restarts", "parent starts", "parent gets hello"], world.Story.Where(line => line.StartsWith("parent", StringComparison.Ordinal)));
        Assert.Equal(["child starts", "child stops"], world.Story.Where(line => line.StartsWith("child", StringComparison.Ordinal)));
        Assert.True(world.Story.IndexOf("child stops") < world.Story.IndexOf("parent restarts"), "children stop before the new instance is made");
    });

    [Fact]
    public void A_guardian_that_fails_stops_the_system() => World.Each(world =>
    {
        IActorRef top = world.Spawn("top");
        ((ExtendedActorSystem)world.System).Guardian.SendSystemMessage(new Overflowed(1));
        world.Settle();
        Assert.True(world.System.WhenTerminated.IsCompletedSuccessfully);
        Assert.Equal("top stops", world.Story[^1]);
    });

    [Fact]
    public void A_failure_of_an_earlier_incarnation_is_dropped() => World.Each(world =>
    {
        IActorRef parent = world.Spawn("parent", new Script { Strategy = Deciding(Directive.Stop) });
        IActorRef child = ChildOf(world, parent, "child");
        ((IInternalActorRef)parent).SendSystemMessage(new Failed(child, Failure, child.Path.Uid + 1));
        world.Settle();
        Assert.False(((IInternalActorRef)child).IsTerminated);
    });

    [Fact]
    public void One_for_one_leaves_siblings_alone() => World.Each(world =>
    {
        IActorRef parent = world.Spawn("parent");
        IActorRef first = ChildOf(world, parent, "first");
        ChildOf(world, parent, "second");
        world.Tell(first, Failure);
        Assert.DoesNotContain("second stops", world.Story);
    });

    [Fact]
    public void All_for_one_restarts_every_child() => World.Each(world =>
    {
        IActorRef parent = world.Spawn("parent", new Script { Strategy = new AllForOneStrategy(_ => Directive.Restart) });
        IActorRef first = ChildOf(world, parent, "first");
        IActorRef second = ChildOf(world, parent, "second");
        world.Tell(first, Failure);
        Assert.Contains("first restarts", world.Story);
        Assert.Contains("second restarts", world.Story);
        world.Tell(first, "1");
        world.Tell(second, "2");
        Assert.Equal(["first gets 1", "second gets 2"], world.Story[^2..]);
    });

    [Fact]
    public void All_for_one_stops_every_child() => World.Each(world =>
    {
        IActorRef parent = world.Spawn("parent", new Script { Strategy = new AllForOneStrategy(_ => Directive.Stop) });
        IActorRef first = ChildOf(world, parent, "first");
        ChildOf(world, parent, "second");
        world.Tell(first, Failure);
        Assert.Contains("first stops", world.Story);
        Assert.Contains("second stops", world.Story);
    });

    [Fact]
    public void A_child_is_stopped_when_it_fails_more_often_than_allowed() => World.Each(world =>
    {
        IActorRef parent = world.Spawn("parent", new Script { Strategy = new OneForOneStrategy(2, TimeSpan.FromSeconds(10), _ => Directive.Restart) });
        IActorRef child = ChildOf(world, parent, "child");
        for (int i = 0; i < 3; i++)
            world.Tell(child, Failure);
        Assert.Equal(2, world.Story.Count(line => line == "child restarts"));
        Assert.Equal("child stops", world.Story[^1]);
        Assert.True(((IInternalActorRef)child).IsTerminated);
    });

    [Fact]
    public void Failures_count_only_within_the_time_range() => World.Each(world =>
    {
        IActorRef parent = world.Spawn("parent", new Script { Strategy = new OneForOneStrategy(1, TimeSpan.FromSeconds(10), _ => Directive.Restart) });
        IActorRef child = ChildOf(world, parent, "child");
        for (int i = 0; i < 5; i++)
        {
            world.Tell(child, Failure);
            world.Runtime.AdvanceBy(TimeSpan.FromSeconds(11));
        }
        Assert.Equal(5, world.Story.Count(line => line == "child restarts"));
    });

    [Fact]
    public void A_limit_of_zero_allows_no_restart() => World.Each(world =>
    {
        IActorRef parent = world.Spawn("parent", new Script { Strategy = new OneForOneStrategy(0, Timeout.InfiniteTimeSpan, _ => Directive.Restart) });
        IActorRef child = ChildOf(world, parent, "child");
        world.Tell(child, Failure);
        Assert.DoesNotContain("child restarts", world.Story);
        Assert.True(((IInternalActorRef)child).IsTerminated);
    });

    [Fact]
    public void A_child_whose_constructor_throws_is_stopped() => World.Each(world =>
    {
        IActorRef parent = world.Spawn("parent");
        IActorRef child = ChildOf(world, parent, "child", new Script { OnConstruct = _ => throw Failure });
        Assert.True(((IInternalActorRef)child).IsTerminated);
        Assert.True(((IInternalActorRef)parent).GetChild(["child"]).IsNobody(), "its name is free again");
    });

    [Fact]
    public void A_child_whose_PreStart_throws_is_stopped_with_an_ActorInitializationException() => World.Each(world =>
    {
        Exception? seen = null;
        IActorRef parent = world.Spawn("parent", new Script { Strategy = new OneForOneStrategy(cause => { seen = cause; return Directive.Stop; }) });
        ChildOf(world, parent, "child", new Script { OnPreStart = _ => throw Failure });
        var initialization = Assert.IsType<ActorInitializationException>(seen);
        Assert.Same(Failure, initialization.InnerException);
        Assert.DoesNotContain("child stops", world.Story);
    });

    [Fact]
    public void A_child_that_could_not_be_made_can_be_made_by_a_restart() => World.Each(world =>
    {
        IActorRef parent = world.Spawn("parent", new Script { Strategy = Deciding(Directive.Restart) });
        IActorRef child = ChildOf(world, parent, "child", new Script { OnConstruct = instance => { if (instance == 1) throw Failure; } });
        world.Tell(child, "hello");
        world.Told("parent starts", "child starts", "child gets hello");
    });

    [Fact]
    public void A_child_whose_restart_throws_is_stopped() => World.Each(world =>
    {
        IActorRef parent = world.Spawn("parent");
        IActorRef child = ChildOf(world, parent, "child", new Script { OnConstruct = instance => { if (instance == 2) throw new ArgumentException("again"); } });
        world.Tell(child, Failure);
        Assert.True(((IInternalActorRef)child).IsTerminated);
        Assert.Equal(["parent starts", "child starts", "child fails of boom at InvalidOperationException", "child stops"], world.Story);
    });

    [Fact]
    public void A_PreRestart_that_throws_does_not_keep_the_actor_from_restarting() => World.Each(world =>
    {
        IActorRef child = ChildOf(world, world.Spawn("parent"), "child", new Script { OnPreRestart = () => throw new ArgumentException("hook") });
        world.Tell(child, Failure);
        world.Tell(child, "hello");
        Assert.Equal(["child restarts", "child starts", "child gets hello"], world.Story[^3..]);
    });

    [Fact]
    public void Children_are_restarted_with_their_parent_if_PreRestart_keeps_them() => World.Each(world =>
    {
        IActorRef parent = ChildOf(world, world.Spawn("top"), "parent", new Script { KeepsChildrenOnRestart = true });
        IActorRef child = ChildOf(world, parent, "child");
        world.Tell(parent, Failure);
        world.Tell(child, "hello");
        Assert.Contains("child restarts", world.Story);
        Assert.Equal("child gets hello", world.Story[^1]);
    });

    [Fact]
    public void Children_of_a_failed_parent_wait_until_it_is_resumed() => World.Each(world =>
    {
        IActorRef top = world.Spawn("top", new Script { Strategy = Deciding(Directive.Resume) });
        IActorRef parent = ChildOf(world, top, "parent");
        IActorRef child = ChildOf(world, parent, "child");
        parent.Tell(Failure, ActorRefs.NoSender);
        child.Tell("hello", ActorRefs.NoSender);
        world.Settle();
        world.Tell(child, "again");
        Assert.Equal(["child gets hello", "child gets again"], world.Story[^2..]);
    });

    [Fact]
    public void Kill_fails_the_actor_and_its_supervisor_stops_it() => World.Each(world =>
    {
        Exception? seen = null;
        IActorRef parent = world.Spawn("parent", new Script { Strategy = new OneForOneStrategy(cause => { seen = cause; return SupervisorStrategy.DefaultDecider.Decide(cause); }) });
        IActorRef child = ChildOf(world, parent, "child");
        world.Tell(child, Kill.Instance);
        Assert.IsType<ActorKilledException>(seen);
        Assert.Equal("child stops", world.Story[^1]);
    });

    [Fact]
    public void A_strategy_of_the_props_goes_before_the_one_of_the_actor() => World.Each(world =>
    {
        IActorRef parent = world.System.ActorOf(
            Props.Create(() => new Scripted(world, new Script { Strategy = Deciding(Directive.Restart) })).WithSupervisorStrategy(Deciding(Directive.Stop)), "parent");
        IActorRef child = ChildOf(world, parent, "child");
        world.Tell(child, Failure);
        Assert.True(((IInternalActorRef)child).IsTerminated);
    });

    [Fact]
    public void A_restart_that_comes_while_children_stop_is_not_done_twice() => World.Each(world =>
    {
        IActorRef top = world.Spawn("top", new Script { Strategy = new AllForOneStrategy(_ => Directive.Restart) });
        IActorRef first = ChildOf(world, top, "first");
        IActorRef second = ChildOf(world, top, "second");
        ChildOf(world, first, "below");
        first.Tell(Failure, ActorRefs.NoSender);
        second.Tell(Failure, ActorRefs.NoSender);
        world.Settle();
        world.Tell(first, "1");
        world.Tell(second, "2");
        Assert.Equal(["first gets 1", "second gets 2"], world.Story[^2..]);
    });

    [Fact]
    public void The_default_decider_stops_what_was_never_made_was_killed_or_died_of_a_pact()
    {
        IDecider decider = SupervisorStrategy.DefaultDecider;
        Assert.Equal(Directive.Stop, decider.Decide(new ActorInitializationException("x")));
        Assert.Equal(Directive.Stop, decider.Decide(new ActorKilledException("x")));
        Assert.Equal(Directive.Stop, decider.Decide(new DeathPactException(ActorRefs.Nobody)));
        Assert.Equal(Directive.Restart, decider.Decide(new InvalidOperationException("x")));
    }

    [Fact]
    public void A_table_of_exceptions_decides_by_the_first_type_that_fits()
    {
        DeployableDecider decider = Decider.From(Directive.Escalate, Directive.Resume.When<ArgumentNullException>(), Directive.Stop.When<ArgumentException>());
        Assert.Equal(Directive.Resume, decider.Decide(new ArgumentNullException("x")));
        Assert.Equal(Directive.Stop, decider.Decide(new ArgumentOutOfRangeException("x")));
        Assert.Equal(Directive.Escalate, decider.Decide(new InvalidOperationException("x")));
    }

    [Fact]
    public void A_child_that_cannot_be_made_is_made_again_whether_its_supervisor_restarts_or_resumes_it() => World.Each(world =>
    {
        int attempts = 0;
        var parent = new Script { TellsLife = false, Strategy = new OneForOneStrategy(_ => attempts % 2 == 0 ? Directive.Resume : Directive.Restart) };
        var child = new Script
        {
            OnConstruct = instance =>
            {
                attempts = instance;
                if (instance < 6)
                    throw new InvalidOperationException("not yet");
            },
        };
        IActorRef boss = world.Spawn("boss", parent);
        IActorRef? made = null;
        world.In(boss, context =>
        {
            made = context.ActorOf(Props.Create(() => new Scripted(world, child)), "child");
            made.Tell("early");
        });
        world.Told("child starts", "child gets early");
        Assert.Equal(6, attempts);
    });
}
