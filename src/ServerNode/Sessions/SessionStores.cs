namespace Actors.Server.Sessions;

/// <summary>The actors that own the store's connections.</summary>
/// <param name="Committer">The only writer.</param>
/// <param name="Pages">Reads what Pulls ask for.</param>
/// <param name="Parts">Reads content: apart, so that bulk never delays pages.</param>
internal sealed record SessionStores(IActorRef Committer, IActorRef Pages, IActorRef Parts);
