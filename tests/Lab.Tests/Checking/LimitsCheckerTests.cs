using Actors.Lab.Nodes;
using Actors.Lab.Plans;
using Actors.Lab.Runs;
using Actors.Lab.World;

namespace Actors.Lab.Tests.Checking;

public sealed class LimitsCheckerTests
{
    private readonly SimulatedWorld _world = new(5);
    private readonly Scene _scene;

    public LimitsCheckerTests() =>
        _scene = new Scene(_world, PlanGenerator.Generate(5, new PlanOptions { Edits = 0, FaultsMax = 0 }), NodeSettings.Load(), plant: null);

    [Theory]
    [InlineData(900, null)]
    [InlineData(1_100, "limits")]
    public void An_actor_with_too_many_messages_before_it_is_found(int messages, string? checker)
    {
        _world.AddMachine("crowd").StartProcess("crowd").Run(() =>
        {
            var patient = ActorSystem.Create("crowd", SimulatedConfig.Over(ConfigurationFactory.Empty)).ActorOf(Props.Create(() => new Patient()));
            for (var i = 0; i < messages; i++)
                patient.Tell(i, ActorRefs.NoSender);
        });
        _world.Runtime.RunUntilIdle();
        _scene.Limits.CheckWhileRunning();
        Assert.Equal(checker, _scene.Findings.First?.Checker);
    }

    private sealed class Patient : ReceiveActor
    {
        public Patient() => Receive<int>(_ => { });
    }
}
