using Actors.Client.Connection;
using Actors.NodeShell;

namespace Actors.Client.Tests.Connection;

/// <summary>A process around a replica's actors; it tells the test what they ask of it.</summary>
internal sealed class RememberingHost(IActorRef test) : IReplicaHost
{
    public void RecreateSystem() => test.Tell(new SystemWanted());

    public void End(NodeException reason) => test.Tell(new Ended(reason));

    public sealed record SystemWanted;

    public sealed record Ended(NodeException Reason);
}
