using Actors.Testing.Tests.Kit;

namespace Actors.Testing.Tests.AutoPilots;

public sealed class AutoPilotTests : TestKit
{
    [Fact(Timeout = 30_000)]
    public async Task A_pilot_answers_before_the_test_looks()
    {
        TestProbe probe = CreateTestProbe();
        probe.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            sender.Tell("re: " + message);
            return AutoPilot.KeepRunning;
        }));
        Assert.Equal("re: a", await probe.Ask<string>("a", TimeSpan.FromSeconds(10)));
        Assert.Equal("re: b", await probe.Ask<string>("b", TimeSpan.FromSeconds(10)));
        await probe.ExpectMsgAsync("a");
        await probe.ExpectMsgAsync("b");
    }

    [Fact]
    public void A_pilot_may_end_itself_or_hand_over()
    {
        TestProbe probe = CreateTestProbe();
        var last = new DelegateAutoPilot((sender, _) =>
        {
            sender.Tell("last");
            return AutoPilot.NoAutoPilot;
        });
        probe.SetAutoPilot(new DelegateAutoPilot((sender, _) =>
        {
            sender.Tell("first");
            return last;
        }));
        for (int i = 0; i < 3; i++)
            probe.Ref.Tell(i, TestActor);
        ExpectMsg("first");
        ExpectMsg("last");
        ExpectNoMsg(TimeSpan.Zero);
        Assert.Equal([0, 1, 2], probe.ReceiveN(3));
    }

    [Fact]
    public void The_pilot_speaks_for_the_probe()
    {
        TestProbe probe = CreateTestProbe();
        IActorRef echo = Sys.ActorOf(Props.Create(() => new Echo()));
        probe.SetAutoPilot(new DelegateAutoPilot((_, message) =>
        {
            if (message is "go")
                echo.Tell("echoed");
            return AutoPilot.KeepRunning;
        }));
        probe.Ref.Tell("go", ActorRefs.NoSender);
        probe.ExpectMsg("go");
        probe.ExpectMsg("echoed");
    }
}
