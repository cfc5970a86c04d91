namespace Actors.Client.Connection;

/// <summary>Actor paths as they travel in messages: with this system's address, and with the uid.</summary>
internal static class WirePath
{
    public static string Of(IActorRef actor, ActorSystem system) =>
        actor.Path.ToSerializationFormatWithAddress(((ExtendedActorSystem)system).Provider.DefaultAddress);

    /// <summary>The server's own actor that a path names; null where it is no path, or names somebody else's.</summary>
    public static IActorRef? Resolve(string path, Address server, ActorSystem system) =>
        ActorPath.TryParse(path, out var parsed) && parsed.Address.Equals(server)
            ? ((ExtendedActorSystem)system).Provider.ResolveActorRef(path)
            : null;
}
