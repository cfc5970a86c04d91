namespace Actors.Testing.Tests.Kit;

public class SenderTests : TestKit
{
    [Fact(Timeout = 30_000)]
    public async Task The_test_actor_is_the_implicit_sender_even_after_awaits()
    {
        IActorRef echo = Sys.ActorOf(Props.Create(() => new Echo()));
        for (int i = 0; i < 20; i++)
        {
            echo.Tell(i);
            await ExpectMsgAsync(i);
            await Task.Yield();
        }
    }

    [Fact]
    public void The_test_actor_is_the_implicit_sender_inside_of_blocks()
    {
        IActorRef echo = Sys.ActorOf(Props.Create(() => new Echo()));
        int attempts = 0;
        Within(TimeSpan.FromSeconds(20), () => AwaitAssert(() =>
        {
            echo.Tell(++attempts);
            ExpectMsg(attempts);
            Assert.True(attempts > 2);
        }, interval: TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public void A_message_to_a_test_actor_is_there_when_tell_returns()
    {
        TestActor.Tell("now");
        Assert.True(HasMessages);
        var probe = CreateTestProbe();
        probe.Ref.Tell("now", TestActor);
        Assert.True(probe.HasMessages);
    }

    [Fact]
    public void A_given_system_is_used_and_ended()
    {
        var system = ActorSystem.Create("given");
        using (var kit = new TestKit(system))
        {
            Assert.Same(system, kit.Sys);
            system.ActorOf(Props.Create(() => new Echo())).Tell("x", kit.TestActor);
            kit.ExpectMsg("x");
        }
        Assert.True(system.WhenTerminated.IsCompleted);
    }

    [Fact]
    public void A_system_is_named_as_told()
    {
        using var kit = new TestKit("akka.test.single-expect-default = 1s", "Named");
        Assert.Equal("Named", kit.Sys.Name);
        Assert.Equal(TimeSpan.FromSeconds(1), kit.TestKitSettings.SingleExpectDefault);
        Assert.Equal("test", Sys.Name);
    }
}
