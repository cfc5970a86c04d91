using Actors.Lab.World;

namespace Actors.Lab.Tests.World.Runtime;

/// <summary>What gets into a run from outside ends it, and says from where.</summary>
public sealed class LeakTests
{
    private readonly SimulatedWorld _world = new(1);
    private readonly MachineProcess _process;
    private ActorSystem _system = null!;
    private IActorRef _actor = ActorRefs.Nobody;

    public LeakTests()
    {
        _process = _world.AddMachine("machine").StartProcess("process");
        _process.Run(() =>
        {
            _system = ActorSystem.Create("system", SimulatedConfig.Over(ConfigurationFactory.Empty));
            _actor = _system.ActorOf(Props.Empty);
        });
        _world.Runtime.RunUntilIdle();
    }

    [Fact]
    public void A_message_from_another_thread_ends_the_run() =>
        AssertEndsTheRun(() => _actor.Tell("from elsewhere", ActorRefs.NoSender), "work came from another thread");

    [Fact]
    public void A_timer_that_is_set_on_another_thread_ends_the_run() =>
        AssertEndsTheRun(() => _system.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromSeconds(1), () => { }), "work came from another thread");

    [Fact]
    public void A_look_at_the_clock_on_another_thread_ends_the_run() =>
        AssertEndsTheRun(() => _ = new Akka.Event.Debug("source", typeof(LeakTests), "asks the clock"), "on a foreign thread");

    [Fact]
    public void A_look_at_the_clock_outside_of_all_processes_ends_the_run()
    {
        _world.Schedule(TimeSpan.FromSeconds(1), () => _ = new Akka.Event.Debug("source", typeof(LeakTests), "asks the clock"));
        var failure = Assert.Throws<InvalidOperationException>(() => _world.Runtime.AdvanceBy(TimeSpan.FromSeconds(2)));
        Assert.Contains("outside of all simulated processes", failure.Message, StringComparison.Ordinal);
    }

    private void AssertEndsTheRun(Action leak, string cause)
    {
        Task leaking = Task.CompletedTask;
#pragma warning disable RS0030 // The mistake that this is about.
        _process.Run(() => leaking = Task.Run(leak));
#pragma warning restore RS0030
        // Not by the task itself: that could run it on this thread.
        ((IAsyncResult)leaking).AsyncWaitHandle.WaitOne();
        Assert.IsType<InvalidOperationException>(leaking.Exception!.InnerException);
        var failure = Assert.Throws<InvalidOperationException>(() => _world.Runtime.Step());
        Assert.Contains(cause, failure.Message, StringComparison.Ordinal);
        // The stack.
        Assert.Contains(nameof(LeakTests), failure.Message, StringComparison.Ordinal);
    }
}
