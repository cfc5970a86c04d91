namespace Actors.Testing.Tests.Time;

public sealed class TestSchedulerTests : TestKit
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public TestSchedulerTests() : base("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
    {
    }

    private TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void Nothing_is_due_before_its_time()
    {
        Scheduler.ScheduleTellOnce(Second, TestActor, "due", ActorRefs.NoSender);
        Scheduler.Advance(TimeSpan.FromMilliseconds(999));
        ExpectNoMsg(TimeSpan.Zero);
        Scheduler.Advance(TimeSpan.FromMilliseconds(1));
        ExpectMsg("due");
    }

    [Fact]
    public void What_is_due_together_comes_in_the_order_in_which_it_was_set()
    {
        Scheduler.ScheduleTellOnce(Second * 2, TestActor, "last", ActorRefs.NoSender);
        Scheduler.ScheduleTellOnce(Second, TestActor, 1, ActorRefs.NoSender);
        Scheduler.ScheduleTellOnce(Second, TestActor, 2, ActorRefs.NoSender);
        Scheduler.Advance(Second * 2);
        ExpectMsg(1);
        ExpectMsg(2);
        ExpectMsg("last");
    }

    [Fact]
    public void What_repeats_comes_as_often_as_its_time_does_until_it_is_cancelled()
    {
        var cancelable = new Cancelable(Sys.Scheduler);
        Scheduler.ScheduleTellRepeatedly(Second, Second * 5, TestActor, "tick", ActorRefs.NoSender, cancelable);
        Scheduler.Advance(Second);
        ExpectMsg("tick");
        Scheduler.Advance(Second * 15);
        Assert.Equal(["tick", "tick", "tick"], ReceiveN(3));
        cancelable.Cancel();
        Scheduler.Advance(Second * 5);
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Time_goes_to_a_moment_and_not_back()
    {
        DateTimeOffset start = Scheduler.Now;
        TimeSpan clock = Scheduler.MonotonicClock;
        Scheduler.AdvanceTo(start + Second);
        Assert.Equal(start + Second, Scheduler.Now);
        Assert.Equal(clock + Second, Scheduler.MonotonicClock);
        Assert.Throws<InvalidOperationException>(() => Scheduler.AdvanceTo(start));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scheduler.Advance(-Second));
    }

    [Fact]
    public void Actors_take_their_time_from_it()
    {
        IActorRef actor = ActorOf(dsl =>
        {
            dsl.OnPreStart = context => context.SetReceiveTimeout(Hour);
            dsl.Receive<ReceiveTimeout>((_, _) => TestActor.Tell("idle"));
            dsl.Receive<string>((message, ctx) => ctx.Sender.Tell(message));
        });
        actor.Tell("x");
        ExpectMsg("x");
        AwaitAssert(() =>
        {
            Scheduler.Advance(Hour);
            Assert.True(HasMessages);
        });
        ExpectMsg("idle");
    }

    [Fact]
    public void What_an_action_throws_ends_the_move()
    {
        Scheduler.Advanced.ScheduleOnce(Second, () => throw new ArithmeticException());
        DateTimeOffset start = Scheduler.Now;
        Assert.Throws<ArithmeticException>(() => Scheduler.Advance(Second * 2));
        Assert.Equal(start + Second, Scheduler.Now);
    }
}
