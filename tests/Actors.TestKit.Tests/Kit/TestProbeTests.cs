namespace Actors.Testing.Tests.Kit;

public sealed class TestProbeTests : TestKit
{
    [Fact]
    public void A_probe_is_a_ref_and_equals_its_own()
    {
        TestProbe probe = CreateTestProbe("probe");
        IActorRef asRef = probe;
        Assert.True(asRef.Equals(probe.Ref));
        Assert.True(probe.Ref.Equals(probe));
        Assert.Equal(probe.Ref.GetHashCode(), probe.GetHashCode());
        Assert.StartsWith("probe", asRef.Path.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Probes_have_messages_of_their_own()
    {
        TestProbe one = CreateTestProbe();
        TestProbe two = CreateTestProbe();
        one.Tell("for one");
        one.ExpectMsg("for one");
        two.ExpectNoMsg(TimeSpan.Zero);
        Assert.NotEqual(one.Ref.Path, two.Ref.Path);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_probe_sends_answers_and_forwards()
    {
        TestProbe client = CreateTestProbe();
        TestProbe server = CreateTestProbe();
        TestProbe backend = CreateTestProbe();
        client.Send(server, "question");
        await server.ExpectMsgAsync("question");
        Assert.Equal(client.Ref, server.Sender);
        server.Forward(backend);
        await backend.ExpectMsgAsync("question");
        backend.Reply("answer");
        await client.ExpectMsgAsync("answer");
        Assert.Equal(backend.Ref, client.LastSender);
    }

    [Fact]
    public void A_probe_is_watched_and_stopped_like_any_actor()
    {
        TestProbe probe = CreateTestProbe();
        Watch(probe);
        Sys.Stop(probe);
        ExpectTerminated(probe);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_probe_answers_an_ask()
    {
        TestProbe probe = CreateTestProbe();
        Task<string> answer = probe.Ask<string>("question", TimeSpan.FromSeconds(10));
        await probe.ExpectMsgAsync("question");
        probe.Reply("answer");
        Assert.Equal("answer", await answer);
    }

    [Fact]
    public void What_a_stopped_probe_did_not_read_is_dead_letters()
    {
        TestProbe probe = CreateTestProbe();
        probe.Tell("unread");
        EventFilter.DeadLetter<string>(message => message == "unread").ExpectOne(() => Sys.Stop(probe));
    }

    [Fact]
    public void A_probe_is_a_parent_with_the_strategy_of_each_child()
    {
        TestProbe probe = CreateTestProbe();
        IActorRef child = probe.ChildActorOf(Props.Create(() => new Fragile()), "child", SupervisorStrategy.StoppingStrategy);
        Assert.Equal(probe.Ref.Path, child.Path.Parent);
        Watch(child);
        EventFilter.Exception<ArithmeticException>().ExpectOne(() => child.Tell("break"));
        ExpectTerminated(child);
    }

    private sealed class Fragile : ReceiveActor
    {
        public Fragile() => ReceiveAny(_ => throw new ArithmeticException("broken"));
    }
}
