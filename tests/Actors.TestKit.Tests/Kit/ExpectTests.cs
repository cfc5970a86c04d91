using Xunit.Sdk;

namespace Actors.Testing.Tests.Kit;

public sealed class ExpectTests : TestKit
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    [Fact(Timeout = 30_000)]
    public async Task A_message_of_the_type_is_returned()
    {
        TestActor.Tell("hello");
        Assert.Equal("hello", await ExpectMsgAsync<string>());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_message_of_another_type_fails_and_names_it()
    {
        TestActor.Tell(42);
        XunitException e = await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgAsync<string>());
        Assert.Contains("System.String", e.Message, StringComparison.Ordinal);
        Assert.Contains("{42}", e.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task No_message_in_time_fails_with_the_hint()
    {
        XunitException e = await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgAsync<string>(Soon, "the reason"));
        Assert.Contains("the reason", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_synchronous_form_waits_for_a_message_that_comes_later()
    {
        Sys.Scheduler.ScheduleTellOnce(Soon, TestActor, "later", ActorRefs.NoSender);
        Assert.Equal("later", ExpectMsg<string>());
    }

    [Fact(Timeout = 30_000)]
    public async Task Equal_messages_pass_and_others_fail()
    {
        TestActor.Tell("a");
        TestActor.Tell("b");
        await ExpectMsgAsync("a");
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgAsync("a"));
    }

    [Fact(Timeout = 30_000)]
    public async Task Predicates_see_the_message_and_its_sender()
    {
        var probe = CreateTestProbe();
        TestActor.Tell(1, probe);
        TestActor.Tell(2, probe);
        TestActor.Tell(3, probe);
        await ExpectMsgAsync<int>(number => number == 1);
        await ExpectMsgAsync<int>((number, sender) => number == 2 && sender.Equals(probe));
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgAsync<int>(number => number == 4));
    }

    [Fact]
    public void Assertions_and_comparers_see_the_message()
    {
        TestActor.Tell("Hello");
        TestActor.Tell("Hello");
        ExpectMsg<string>(message => Assert.StartsWith("H", message, StringComparison.Ordinal));
        Assert.Equal("Hello", ExpectMsg("hello", (a, b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact(Timeout = 30_000)]
    public async Task The_sender_is_checked()
    {
        var probe = CreateTestProbe();
        TestActor.Tell("from probe", probe);
        TestActor.Tell("from probe", probe);
        Assert.Equal("from probe", await ExpectMsgFromAsync<string>(probe));
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgFromAsync<string>(TestActor));
        Assert.Equal(probe.Ref, LastSender);
    }

    [Fact(Timeout = 30_000)]
    public async Task Silence_passes_and_noise_fails()
    {
        await ExpectNoMsgAsync(Soon);
        TestActor.Tell("noise");
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectNoMsgAsync(Soon));
        ExpectNoMsg(10);
    }

    [Fact]
    public void Messages_that_were_read_are_gone()
    {
        TestActor.Tell("only");
        Assert.True(HasMessages);
        ExpectMsg("only");
        Assert.False(HasMessages);
        Assert.Equal("only", LastMessage);
        Assert.Null(ReceiveOne(TimeSpan.Zero));
        Assert.Null(LastMessage);
        Assert.Throws<InvalidOperationException>(() => LastSender);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_end_of_a_watched_actor_is_expected()
    {
        IActorRef echo = Sys.ActorOf(Props.Create(() => new Echo()));
        IActorRef other = Sys.ActorOf(Props.Create(() => new Echo()));
        Watch(echo);
        Watch(other);
        Sys.Stop(echo);
        Terminated end = await ExpectTerminatedAsync(echo);
        Assert.True(end.ExistenceConfirmed);
        Sys.Stop(other);
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectTerminatedAsync(echo));
    }

    [Fact(Timeout = 30_000)]
    public async Task An_actor_that_is_not_watched_any_more_ends_unnoticed()
    {
        IActorRef echo = Sys.ActorOf(Props.Create(() => new Echo()));
        Watch(echo);
        Unwatch(echo);
        Assert.True(await echo.GracefulStop(TimeSpan.FromSeconds(5)));
        await ExpectNoMsgAsync(Soon);
    }

    [Fact(Timeout = 30_000)]
    public async Task Asynchronous_and_synchronous_forms_mix()
    {
        for (int i = 0; i < 100; i++)
        {
            TestActor.Tell(i);
            TestActor.Tell(-i);
            Assert.Equal(i, await ExpectMsgAsync<int>());
            Assert.Equal(-i, ExpectMsg<int>());
        }
    }
}
