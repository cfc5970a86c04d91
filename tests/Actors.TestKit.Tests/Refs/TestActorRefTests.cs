namespace Actors.Testing.Tests.Refs;

public sealed class TestActorRefTests : TestKit
{
    [Fact]
    public void A_message_has_been_handled_when_tell_returns()
    {
        TestActorRef<Counter> counter = ActorOfAsTestActorRef<Counter>("counter");
        counter.Tell(2);
        counter.Tell(3);
        Assert.Equal(5, counter.UnderlyingActor.Sum);
        Assert.Equal("counter", counter.Path.Name);
    }

    [Fact]
    public void Receive_throws_what_the_handler_throws()
    {
        TestActorRef<Counter> counter = ActorOfAsTestActorRef<Counter>();
        Counter first = counter.UnderlyingActor;
        Assert.Throws<ArithmeticException>(() => counter.Receive("break"));
        Assert.Same(first, counter.UnderlyingActor);
    }

    [Fact]
    public void A_failure_by_tell_is_the_supervisors()
    {
        TestActorRef<Counter> counter = ActorOfAsTestActorRef(() => new Counter());
        Counter first = counter.UnderlyingActor;
        EventFilter.Exception<ArithmeticException>().ExpectOne(() => counter.Tell("break"));
        AwaitCondition(() => !ReferenceEquals(first, counter.UnderlyingActor), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void It_is_the_ref_of_a_child_of_its_supervisor()
    {
        TestActorRef<Counter> counter = ActorOfAsTestActorRef<Counter>(Props.Create(() => new Counter()), TestActor, "child");
        Assert.Equal(TestActor.Path, counter.Path.Parent);
        Assert.True(counter.Equals(counter.Ref));
        Watch(counter);
        Sys.Stop(counter);
        ExpectTerminated(counter);
        Assert.Throws<IllegalActorStateException>(() => counter.UnderlyingActor);
    }

    [Fact]
    public void Without_a_name_it_has_one_that_no_actor_can_be_given()
    {
        Assert.Equal("$$a", ActorOfAsTestActorRef<Counter>().Path.Name);
        Assert.Equal("$$b", ActorOfAsTestActorRef<Counter>(TestActor).Path.Name);
        Assert.Equal("$a", ActorOf<Counter>().Path.Name);
        Assert.Throws<InvalidActorNameException>(() => ActorOfAsTestActorRef<Counter>("$c"));
    }

    [Fact]
    public void A_system_that_the_kit_did_not_start_has_them_too()
    {
        using ActorSystem system = ActorSystem.Create("other");
        var counter = new TestActorRef<Counter>(system, Props.Create<Counter>());
        counter.Tell(2, ActorRefs.NoSender);
        Assert.Equal(2, counter.UnderlyingActor.Sum);
        IActorRef plain = system.ActorOf(Props.Create<Counter>().WithDispatcher(CallingThreadDispatcher.Id));
        plain.Tell(3, TestActor);
        Assert.True(HasMessages);
        ExpectMsg(3);
    }

    [Fact]
    public void A_dispatcher_of_its_own_is_kept()
    {
        using ActorSystem system = ActorSystem.Create("other", "own.type = PinnedDispatcher");
        var counter = new TestActorRef<Counter>(system, Props.Create<Counter>().WithDispatcher("own"));
        counter.Tell(2, TestActor);
        ExpectMsg(2);
        Assert.Equal("own", ((IInternalActor)counter.UnderlyingActor).ActorContext.Dispatcher.Id);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_question_is_answered_when_it_has_been_asked()
    {
        TestActorRef<Counter> counter = ActorOfAsTestActorRef<Counter>();
        Task<int> answer = counter.Ask<int>(2);
        Assert.True(answer.IsCompletedSuccessfully);
        Assert.Equal(2, await answer);
        Assert.True(counter.Ask<string>(3).IsFaulted);
    }

    [Fact]
    public void The_sender_given_is_answered()
    {
        TestActorRef<Counter> counter = ActorOfAsTestActorRef<Counter>();
        counter.Receive(7, TestActor);
        ExpectMsgFrom(counter, 7);
    }

    private sealed class Counter : ReceiveActor
    {
        public Counter()
        {
            Receive<int>(number =>
            {
                Sum += number;
                Sender.Tell(Sum);
            });
            Receive<string>(_ => throw new ArithmeticException());
        }

        public int Sum { get; private set; }
    }
}
