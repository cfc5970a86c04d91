namespace Actors.Tests.Actor;

public class ActorLifeTests
{
    [Fact(Timeout = 20_000)]
    public async Task An_actor_answers_an_Ask_and_the_system_stops()
    {
        ActorSystem system = ActorSystem.Create("life", ConfigurationFactory.ParseString("akka.loglevel = WARNING"));
        IActorRef echo = system.ActorOf(Props.Create(() => new Echo("re: ")), "echo");
        Assert.Equal("re: hello", await echo.Ask<string>("hello", TimeSpan.FromSeconds(5)));
        await system.Terminate();
        Assert.True(system.WhenTerminated.IsCompletedSuccessfully);
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo(string prefix) => Receive<string>(text => Sender.Tell(prefix + text));
    }
}
