using Google.Protobuf;

namespace Actors.Server.Registry;

/// <summary>The actors of a client that a session talks to.</summary>
/// <param name="Connection">Takes Welcome and SessionClosed; its end is the session's.</param>
/// <param name="Cache">Takes Invalidate and Updates.</param>
/// <param name="Watcher">Takes the outcomes of pushes.</param>
/// <param name="Transfer">Serves and takes content.</param>
/// <param name="Secret">What messages of the session carry.</param>
internal sealed record SessionPeers(IActorRef Connection, IActorRef Cache, IActorRef Watcher, IActorRef Transfer, ByteString Secret);
