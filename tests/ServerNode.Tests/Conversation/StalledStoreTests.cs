using Actors.Messages;
using Xunit.Abstractions;

namespace Actors.Server.Tests.Conversation;

public sealed class StalledStoreTests(ITestOutputHelper output)
    : RegistryTestKit(output, "akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
{
    [Fact]
    public void An_answer_that_comes_after_the_registry_has_started_over_is_ignored()
    {
        using var entered = new ManualResetEventSlim();
        using var goesOn = new ManualResetEventSlim();
        Store.Entering = () =>
        {
            if (entered.IsSet)
                return;
            entered.Set();
            goesOn.Wait();
        };
        var (one, two) = (Client(1), Client(2));
        Registry.Tell(one.JoinMessage(), one.Connection.Ref);
        Assert.True(entered.Wait(Patience));
        ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromMinutes(2));
        Registry.Tell(two.JoinMessage(), two.Connection.Ref);
        goesOn.Set();

        Assert.Equal("Client 2", two.Connection.ExpectMsg<Welcome>(Patience).Name);
        Assert.Equal("Client 1", one.Join().Terms.Name);
    }
}
