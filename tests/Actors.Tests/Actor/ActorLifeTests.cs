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

    [Fact]
    public void An_instance_that_is_disposable_is_disposed_of_after_its_last_hook() => World.Each(world =>
    {
        IActorRef owner = world.System.ActorOf(Props.Create(() => new Owner(world)), "owner");
        world.Tell(owner, "fail");
        world.Tell(owner, PoisonPill.Instance);
        world.Told("stops", "disposed", "stops", "disposed");
    });

    [Fact]
    public void What_Dispose_throws_is_logged_and_harms_nobody() => World.Each(world =>
    {
        List<Error> errors = world.Published<Error>();
        IActorRef owner = world.System.ActorOf(Props.Create(() => new Owner(world, true)), "owner");
        world.Tell(owner, PoisonPill.Instance);
        Assert.Equal("not now", Assert.Single(errors).Cause.Message);
        Assert.True(((IInternalActorRef)owner).IsTerminated);
    });

    private sealed class Owner(World world, bool fails = false) : UntypedActor, IDisposable
    {
        protected override void OnReceive(object message) => throw new InvalidOperationException("boom");

        protected override void PostStop() => world.Say("stops");

        public void Dispose()
        {
            world.Say("disposed");
            if (fails)
                throw new InvalidOperationException("not now");
        }
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo(string prefix) => Receive<string>(text => Sender.Tell(prefix + text));
    }
}
