using System.Reflection;
using Actors.Lab.World;

namespace Actors.Lab.Tests.World.Runtime;

public sealed class OneSystemTests
{
    [Fact]
    public void The_actors_are_woven_ones()
    {
        foreach (var type in new[] { typeof(ActorSystem), typeof(Akka.Remote.RemoteActorRefProvider) })
            Assert.EndsWith("+woven-for-simulation", type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_run_and_another_one_another()
    {
        var first = Run(1);
        Assert.Equal(first, Run(1));
        Assert.NotEqual(first, Run(2));
    }

    private static ulong Run(ulong seed)
    {
        var lines = new List<string>();
        var world = new SimulatedWorld(seed, new Trace(lines.Add));
        var process = world.AddMachine("machine").StartProcess("process");
        ActorSystem? system = null;
        var ended = false;
        process.Run(() =>
        {
            system = ActorSystem.Create("system", SimulatedConfig.Over(ConfigurationFactory.ParseString("akka.actor.provider = remote")));
            var pinger = system.ActorOf(Props.Create(() => new Pinger()), "pinger");
            for (var i = 0; i < 10; i++)
                pinger.Tell(i, ActorRefs.NoSender);
            _ = End();

            async Task End()
            {
                for (var i = 0; i < 3; i++)
                    await pinger.Ask<string>("when?", TimeSpan.FromSeconds(1));
                await Assert.ThrowsAsync<AskTimeoutException>(() => pinger.Ask<string>("never", TimeSpan.FromSeconds(1)));
                await system.Terminate();
                ended = true;
            }
        });
        world.Runtime.AdvanceTo(TimeSpan.FromSeconds(60));
        Assert.True(ended, string.Join('\n', lines.TakeLast(20)));
        Assert.True(world.Now == TimeSpan.FromSeconds(60));
        return world.Trace.Hash;
    }

    private sealed class Pinger : ReceiveActor, IWithTimers
    {
        public Pinger()
        {
            Receive<int>(number =>
            {
                if (number > 0)
                    Context.ActorOf(Props.Create(() => new Child())).Forward(number);
            });
            ReceiveAsync<string>(async word =>
            {
                await Task.Yield();
                if (word == "when?")
                    Sender.Tell(Self.Path.Uid.ToString());
            });
        }

        public ITimerScheduler Timers { get; set; } = null!;

        private sealed class Child : ReceiveActor
        {
            public Child() => Receive<int>(number => Context.Parent.Tell(number - 1));
        }
    }
}
