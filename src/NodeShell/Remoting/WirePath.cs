namespace Actors.NodeShell;

/// <summary>Actor paths as they travel in messages: with this system's address, and with the uid.</summary>
public static class WirePath
{
    public static string Of(IActorRef actor, ActorSystem system) => actor.Path.ToSerializationFormatWithAddress(AddressOf(system));

    /// <summary>The actor that a path names on a node; null where it is no path, or names another node's actor.</summary>
    public static IActorRef? Resolve(string path, Address node, ActorSystem system) =>
        ActorPath.TryParse(path, out var parsed) && parsed.Address.Equals(node)
            ? ((ExtendedActorSystem)system).Provider.ResolveActorRef(path)
            : null;

    /// <summary>
    /// The actor that a peer names as its own; null where the text is no path, or names another node's actor: a peer could
    /// otherwise make this node send to third parties, or to itself.
    /// </summary>
    public static IActorRef? ResolveOwn(string path, IActorRef peer, ActorSystem system) =>
        Resolve(path, peer.Path.Address, system) ?? (peer.Path.Address.HasLocalScope ? Resolve(path, AddressOf(system), system) : null);

    private static Address AddressOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress;
}
