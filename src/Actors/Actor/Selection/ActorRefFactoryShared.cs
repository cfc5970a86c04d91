namespace Actors.Runtime;

/// <summary>How path texts become selections.</summary>
public static class ActorRefFactoryShared
{
    /// <summary>Selects by a path, from the root of its system.</summary>
    public static ActorSelection ActorSelection(ActorPath actorPath, ActorSystem system) =>
        new(ProviderOf(system).RootGuardianAt(actorPath.Address), actorPath.Elements);

    /// <summary>Selects relative to an actor.</summary>
    public static ActorSelection ActorSelection(IActorRef anchorActorRef, string path) => new(anchorActorRef, path);

    /// <summary>
    /// Selects by a text: with an address, from the root if it begins with a slash, or relative to a ref. An empty text
    /// leads nowhere.
    /// </summary>
    public static ActorSelection ActorSelection(string path, ActorSystem system, IActorRef lookupRoot)
    {
        if (path.Length == 0)
            return new ActorSelection(ProviderOf(system).DeadLetters, "");
        if (path.Contains("://", StringComparison.Ordinal))
        {
            return Address.TryParse(path, out Address? address, out string? names)
                ? new ActorSelection(ProviderOf(system).RootGuardianAt(address), WithoutUid(names))
                : new ActorSelection(ProviderOf(system).DeadLetters, "");
        }
        return path.StartsWith('/')
            ? new ActorSelection(ProviderOf(system).RootGuardian, path.Split('/'))
            : new ActorSelection(lookupRoot, path);
    }

    /// <summary>A selection says nothing about an incarnation.</summary>
    private static string WithoutUid(string path)
    {
        int hash = path.IndexOf('#');
        return hash < 0 ? path : path[..hash];
    }

    private static IActorRefProvider ProviderOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider;
}
