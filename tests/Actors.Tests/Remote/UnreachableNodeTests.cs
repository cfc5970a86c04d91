namespace Actors.Tests.Remote;

/// <summary>Nodes that were never there.</summary>
public sealed class UnreachableNodeTests : IDisposable
{
    private static readonly TimeSpan Limit = RemoteSystems.Limit;
    private readonly RemoteSystems _systems = RemoteSystems.InMemory(out _);

    public void Dispose() => _systems.Dispose();

    [Fact]
    public async Task Nobody_is_identified_on_a_node_that_is_not_there_whatever_the_question_is_called()
    {
        var system = _systems.Start("System");
        var path = new RootActorPath(new Address("akka.tcp", "System", "unknownhost", 2552)) / "user" / "subject";

        var byText = await system.ActorSelection(path).Ask<ActorIdentity>(new Identify("who"), Limit);
        var byPath = await system.ActorSelection(path).Ask<ActorIdentity>(new Identify(path), Limit);

        Assert.Equal(("who", null), (byText.MessageId, byText.Subject));
        Assert.Equal((path, null), (byPath.MessageId, byPath.Subject));
    }
}
