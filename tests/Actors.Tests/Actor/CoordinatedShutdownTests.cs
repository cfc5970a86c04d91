namespace Actors.Tests.Actor;

public class CoordinatedShutdownTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static Func<Task<Done>> Saying(World world, string text) => () =>
    {
        world.Say(text);
        return Task.FromResult(Done.Instance);
    };

    private static void Run(World world, string? fromPhase = null) =>
        world.Runtime.Await(CoordinatedShutdown.Get(world.System).Run(CoordinatedShutdown.ClrExitReason.Instance, fromPhase), Minute);

    [Fact]
    public void Phases_run_in_their_order_whatever_the_order_of_their_tasks_was() => World.Each(world =>
    {
        CoordinatedShutdown shutdown = CoordinatedShutdown.Get(world.System);
        string[] phases =
        [
            CoordinatedShutdown.PhaseBeforeServiceUnbind, CoordinatedShutdown.PhaseServiceUnbind, CoordinatedShutdown.PhaseServiceRequestsDone,
            CoordinatedShutdown.PhaseServiceStop, CoordinatedShutdown.PhaseBeforeClusterShutdown, CoordinatedShutdown.PhaseClusterShardingShutdownRegion,
            CoordinatedShutdown.PhaseClusterLeave, CoordinatedShutdown.PhaseClusterExiting, CoordinatedShutdown.PhaseClusterExitingDone,
            CoordinatedShutdown.PhaseClusterShutdown, CoordinatedShutdown.PhaseBeforeActorSystemTerminate,
        ];
        foreach (string phase in phases.Reverse())
            shutdown.AddTask(phase, phase, Saying(world, phase));
        Run(world);
        world.Told(phases);
        Assert.True(world.System.WhenTerminated.IsCompletedSuccessfully);
        Assert.Same(CoordinatedShutdown.ClrExitReason.Instance, shutdown.ShutdownReason);
    });

    [Fact]
    public void The_actors_still_run_until_the_last_phase() => World.Each(world =>
    {
        IActorRef actor = world.Spawn("actor");
        CoordinatedShutdown.Get(world.System).AddTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "ask", async () =>
        {
            world.Say(await actor.GracefulStop(TimeSpan.FromSeconds(1)) ? "stopped gracefully" : "not stopped");
            return Done.Instance;
        });
        Run(world);
        world.Told("actor starts", "actor stops", "stopped gracefully");
    });

    [Fact]
    public void A_phase_that_takes_too_long_is_given_up_and_the_next_one_runs() => World.Each(world =>
    {
        CoordinatedShutdown shutdown = CoordinatedShutdown.Get(world.System);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "stuck", () => new TaskCompletionSource<Done>().Task);
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterLeave, "next", Saying(world, "next"));
        TimeSpan before = world.Runtime.Time.Elapsed;
        Run(world);
        world.Told("next");
        Assert.Equal(TimeSpan.FromSeconds(5), world.Runtime.Time.Elapsed - before);
        Assert.Contains(world.Logged, entry => entry.Message.ToString()!.Contains("[service-stop] timed out", StringComparison.Ordinal));
    });

    [Fact]
    public void A_phase_of_ones_own_runs_after_those_that_it_depends_on_and_while_there_is_a_system() => World.Each(
        world =>
        {
            CoordinatedShutdown shutdown = CoordinatedShutdown.Get(world.System);
            shutdown.AddTask("own", "own", Saying(world, "own"));
            shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "service-stop", Saying(world, "service-stop"));
            shutdown.AddTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "before-end", Saying(world, "before-end"));
            Run(world);
            world.Told("service-stop", "own", "before-end");
        },
        "akka.coordinated-shutdown.phases.own.depends-on = [service-stop]");

    [Fact]
    public void A_task_that_fails_does_not_keep_the_others_from_running() => World.Each(world =>
    {
        CoordinatedShutdown shutdown = CoordinatedShutdown.Get(world.System);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "throws", () => throw new InvalidOperationException("at once"));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "fails", () => Task.FromException<Done>(new InvalidOperationException("later")));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "works", Saying(world, "works"));
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterLeave, "next", Saying(world, "next"));
        Run(world);
        world.Told("works", "next");
    });

    [Fact]
    public void A_phase_without_recovery_ends_the_shutdown() => World.Each(
        world =>
        {
            CoordinatedShutdown shutdown = CoordinatedShutdown.Get(world.System);
            shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "throws", () => throw new InvalidOperationException("boom"));
            shutdown.AddTask(CoordinatedShutdown.PhaseClusterLeave, "next", Saying(world, "next"));
            Assert.Throws<InvalidOperationException>(() => Run(world));
            Assert.Empty(world.Story);
        },
        "akka.coordinated-shutdown.phases.service-stop.recover = off");

    [Fact]
    public void A_disabled_phase_is_skipped_and_a_later_start_skips_what_is_before_it() => World.Each(
        world =>
        {
            CoordinatedShutdown shutdown = CoordinatedShutdown.Get(world.System);
            shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "before", Saying(world, "before"));
            shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "from", Saying(world, "from"));
            shutdown.AddTask(CoordinatedShutdown.PhaseClusterLeave, "disabled", Saying(world, "disabled"));
            Run(world, CoordinatedShutdown.PhaseServiceStop);
            world.Told("from");
        },
        "akka.coordinated-shutdown.phases.cluster-leave.enabled = off");

    [Fact]
    public void It_runs_once_however_often_it_is_asked_for() => World.Each(world =>
    {
        CoordinatedShutdown shutdown = CoordinatedShutdown.Get(world.System);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "task", Saying(world, "task"));
        Task<Done> first = shutdown.Run(CoordinatedShutdown.UnknownReason.Instance);
        Assert.Same(first, shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance));
        world.Runtime.Await(world.System.Terminate(), Minute);
        world.Told("task");
        Assert.Same(CoordinatedShutdown.UnknownReason.Instance, shutdown.ShutdownReason);
    });

    [Fact]
    public void Terminate_runs_it_unless_told_otherwise() => World.Each(
        world =>
        {
            CoordinatedShutdown.Get(world.System).AddTask(CoordinatedShutdown.PhaseServiceStop, "task", Saying(world, "task"));
            world.Runtime.Await(world.System.Terminate(), Minute);
            Assert.Empty(world.Story);
        },
        "akka.coordinated-shutdown.run-by-actor-system-terminate = off");

    [Fact]
    public void It_can_leave_the_system_running() => World.Each(
        world =>
        {
            Run(world);
            Assert.False(world.System.WhenTerminated.IsCompleted);
        },
        "akka.coordinated-shutdown { terminate-actor-system = off, run-by-actor-system-terminate = off }");

    [Fact]
    public void An_unknown_phase_is_refused() => World.Each(world =>
    {
        CoordinatedShutdown shutdown = CoordinatedShutdown.Get(world.System);
        Assert.Throws<ConfigurationException>(() => shutdown.AddTask("no-such-phase", "task", Saying(world, "never")));
        Assert.Throws<ConfigurationException>(() => shutdown.Timeout("no-such-phase"));
        Assert.Equal(TimeSpan.FromSeconds(10), shutdown.Timeout(CoordinatedShutdown.PhaseClusterExiting));
    });

    [Fact]
    public void Phases_that_depend_on_each_other_in_a_circle_are_refused() => Assert.Throws<ArgumentException>(() =>
        ActorSystem.Create("circle", ConfigurationFactory.ParseString("akka.coordinated-shutdown.phases.before-service-unbind.depends-on = [service-stop]"), new DeterministicRuntime(1).CreateEnvironment()));

    [Fact]
    public void A_phase_of_ones_own_has_its_place() => World.Each(
        world =>
        {
            CoordinatedShutdown shutdown = CoordinatedShutdown.Get(world.System);
            shutdown.AddTask(CoordinatedShutdown.PhaseServiceRequestsDone, "after", Saying(world, "after"));
            shutdown.AddTask("flush", "flush", Saying(world, "flush"));
            shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "before", Saying(world, "before"));
            Run(world);
            world.Told("before", "flush", "after");
        },
        "akka.coordinated-shutdown.phases { flush.depends-on = [service-unbind], service-requests-done.depends-on = [flush] }");

    [Fact]
    public void Callbacks_run_after_the_end_last_added_first() => World.Each(world =>
    {
        world.System.RegisterOnTermination(() => world.Say("first added"));
        world.System.RegisterOnTermination(() => throw new InvalidOperationException("boom"));
        world.System.RegisterOnTermination(() => world.Say("last added"));
        world.Runtime.Await(world.System.Terminate(), Minute);
        world.Told("last added", "first added");
        Assert.Throws<InvalidOperationException>(() => world.System.RegisterOnTermination(() => { }));
        Assert.Throws<InvalidOperationException>(() => world.Spawn("late"));
    });

    [Fact]
    public void A_shutdown_that_Terminate_runs_must_end_the_system() =>
        Assert.Throws<ConfigurationException>(() => ActorSystem.Create("endless", "akka.coordinated-shutdown.terminate-actor-system = off"));
}
