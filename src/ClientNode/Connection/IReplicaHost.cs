using Actors.NodeShell;

namespace Actors.Client.Connection;

/// <summary>The process around a replica's actors. Callable from any thread.</summary>
public interface IReplicaHost
{
    /// <summary>This actor system cannot reach the server any more (a quarantine by either side, or silence): only a new one can join.</summary>
    void RecreateSystem();

    /// <summary>The node cannot go on by itself.</summary>
    void End(NodeException reason);
}
