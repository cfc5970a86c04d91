using Actors.Common;

namespace Actors.Client.Connection;

/// <summary>The process around a replica's actors. Callable from any thread.</summary>
public interface IReplicaHost
{
    /// <summary>The server has given this actor system up: only a new one is let in.</summary>
    void RecreateSystem();

    /// <summary>The node cannot go on by itself.</summary>
    void End(NodeException reason);
}
