namespace Actors.Testing.Tests.TestActors;

public sealed class TestActorsTests : TestKit
{
    [Fact]
    public void An_echo_tells_the_test_actor_and_the_sender()
    {
        TestProbe client = CreateTestProbe();
        client.Send(ActorOf(EchoActor.Props(this)), "hello");
        ExpectMsg("hello");
        Assert.Equal(client.Ref, LastSender);
        client.ExpectMsg("hello");
    }

    [Fact]
    public void An_echo_tells_the_test_actor_once_and_the_sender_only_if_wanted()
    {
        TestProbe client = CreateTestProbe();
        IActorRef echo = ActorOf(EchoActor.Props(this));
        echo.Tell("once");
        echo.Tell("next");
        ExpectMsg("once");
        ExpectMsg("next");
        client.Send(ActorOf(EchoActor.Props(this, echoBackToSenderAsWell: false)), "not back");
        ExpectMsg("not back");
        client.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_black_hole_takes_everything()
    {
        IActorRef hole = ActorOf(BlackHoleActor.Props);
        Sys.EventStream.Subscribe<UnhandledMessage>(TestActor);
        hole.Tell("lost");
        hole.Tell(new Identify(1));
        ExpectMsg<ActorIdentity>(identity => identity.Subject.Equals(hole));
        ExpectNoMsg(TimeSpan.Zero);
    }
}
