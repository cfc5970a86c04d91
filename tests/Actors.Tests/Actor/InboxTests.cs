namespace Actors.Tests.Actor;

public sealed class InboxTests : TestKit
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);

    public InboxTests() : base("akka.actor.inbox { inbox-size = 3, default-timeout = 10 s }")
    {
    }

    [Fact]
    public void An_inbox_receives_in_order_and_answers_come_back_to_it()
    {
        using Inbox inbox = Inbox.Create(Sys);
        inbox.Receiver.Tell(1);
        inbox.Receiver.Tell(2);
        Assert.Equal(1, inbox.Receive());
        Assert.Equal(2, inbox.Receive());
        inbox.Send(TestActor, "question");
        ExpectMsg("question");
        LastSender.Tell("answer");
        Assert.Equal("answer", inbox.Receive());
    }

    [Fact]
    public void A_selective_receive_leaves_the_others_where_they_are()
    {
        using Inbox inbox = Inbox.Create(Sys);
        inbox.Receiver.Tell("first");
        inbox.Receiver.Tell("second");
        Assert.Equal("second", inbox.ReceiveWhere(message => message is "second"));
        Assert.Equal("first", inbox.Receive());
    }

    [Fact(Timeout = 30_000)]
    public async Task Each_waits_for_its_own()
    {
        using Inbox inbox = Inbox.Create(Sys);
        Task<object> any = inbox.ReceiveAsync();
        Task<object> next = inbox.ReceiveAsync();
        inbox.Receiver.Tell("one");
        inbox.Receiver.Tell("two");
        Assert.Equal("one", await any);
        Assert.Equal("two", await next);
    }

    [Fact(Timeout = 30_000)]
    public async Task Nothing_in_time_is_an_exception_or_a_failure()
    {
        using Inbox inbox = Inbox.Create(Sys);
        Assert.Throws<TimeoutException>(() => inbox.Receive(Soon));
        Assert.Throws<TimeoutException>(() => inbox.ReceiveWhere(_ => true, Soon));
        Assert.IsType<TimeoutException>(Assert.IsType<Status.Failure>(await inbox.ReceiveAsync(Soon)).Cause);
        Assert.IsType<Status.Failure>(await inbox.ReceiveAsync(TimeSpan.FromSeconds(-1)));
        inbox.Receiver.Tell("late", ActorRefs.NoSender);
        Assert.Equal("late", inbox.Receive());
    }

    [Fact]
    public void What_is_there_is_taken_even_with_no_time_left()
    {
        using Inbox inbox = Inbox.Create(Sys);
        inbox.Receiver.Tell("there");
        Assert.Equal("there", inbox.Receive(TimeSpan.Zero));
    }

    [Fact]
    public void A_failure_that_was_sent_is_a_message()
    {
        using Inbox inbox = Inbox.Create(Sys);
        var sent = new Status.Failure(new TimeoutException("theirs"));
        inbox.Receiver.Tell(sent);
        Assert.Same(sent, inbox.Receive());
    }

    [Fact]
    public void A_predicate_that_throws_does_so_where_it_is_waited()
    {
        using Inbox inbox = Inbox.Create(Sys);
        inbox.Receiver.Tell("kept");
        Assert.Throws<ArithmeticException>(() => inbox.ReceiveWhere(_ => throw new ArithmeticException()));
        Assert.Equal("kept", inbox.Receive());
    }

    [Fact]
    public void An_inbox_watches()
    {
        using Inbox inbox = Inbox.Create(Sys);
        TestProbe one = CreateTestProbe();
        TestProbe other = CreateTestProbe();
        TestProbe third = CreateTestProbe();
        Assert.Same(one, inbox.Watch(one));
        inbox.WatchWith(other, "gone");
        inbox.Watch(third);
        inbox.Unwatch(third);
        Sys.Stop(third);
        Sys.Stop(one);
        Assert.Equal(one.Ref, Assert.IsType<Terminated>(inbox.Receive()).ActorRef);
        Sys.Stop(other);
        Assert.Equal("gone", inbox.Receive());
    }

    [Fact]
    public void A_full_inbox_drops_and_says_so_once()
    {
        using Inbox inbox = Inbox.Create(Sys);
        for (int i = 0; i < 3; i++)
            inbox.Receiver.Tell(i);
        EventFilter.Warning(start: "Dropping message: Inbox size has been exceeded").ExpectOne(() =>
        {
            inbox.Receiver.Tell(3);
            inbox.Receiver.Tell(4);
            Assert.Equal(0, inbox.Receive());
        });
        Assert.Equal(1, inbox.Receive());
        Assert.Equal(2, inbox.Receive());
        Assert.Throws<TimeoutException>(() => inbox.Receive(TimeSpan.Zero));
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_waits_when_the_inbox_ends_waits_no_longer()
    {
        Inbox inbox = Inbox.Create(Sys);
        Task<object> waiting = inbox.ReceiveAsync(TimeSpan.FromDays(1));
        Watch(inbox.Receiver);
        inbox.Dispose();
        Assert.IsType<Status.Failure>(await waiting);
        await ExpectTerminatedAsync(inbox.Receiver);
        Assert.IsType<Status.Failure>(await inbox.ReceiveAsync(TimeSpan.FromDays(1)));
    }

    [Fact]
    public void An_inbox_needs_room()
    {
        using ActorSystem system = ActorSystem.Create("small", "akka.actor.inbox.inbox-size = 0");
        Assert.Throws<ConfigurationException>(() => Inbox.Create(system));
    }
}
