namespace Actors.Server.Sessions;

/// <summary>Actor paths as they travel in messages: with this system's address, and with the uid.</summary>
internal static class WirePath
{
    public static string Of(IActorRef actor, ActorSystem system) =>
        actor.Path.ToSerializationFormatWithAddress(((ExtendedActorSystem)system).Provider.DefaultAddress);

    /// <summary>
    /// The actor that a peer names as its own; null where the text is no path, or names somebody else's actor: a peer
    /// could otherwise make this node send to third parties, or to itself.
    /// </summary>
    public static IActorRef? ResolveOwn(string path, IActorRef peer, ActorSystem system)
    {
        if (!ActorPath.TryParse(path, out var parsed))
            return null;
        var provider = ((ExtendedActorSystem)system).Provider;
        var peersAddress = peer.Path.Address.HasLocalScope ? provider.DefaultAddress : peer.Path.Address;
        return parsed.Address.Equals(peersAddress) || parsed.Address.Equals(peer.Path.Address) ? provider.ResolveActorRef(path) : null;
    }
}
