using Actors.Messages;
using Actors.Server.Ledger;
using Actors.Server.Registry;

namespace Actors.Server.Sessions;

/// <summary>Everything a session starts with.</summary>
/// <param name="Admitted">The terms on which the client was admitted.</param>
/// <param name="Attempt">The Join that is answered.</param>
/// <param name="Peers">The client's actors.</param>
internal sealed record SessionTerms(LedgerResult.Joined Admitted, ulong Attempt, SessionPeers Peers)
{
    public ulong Number => Admitted.Node.Session;

    public SessionKey Key { get; } = new(Admitted.Node.Session, Peers.Secret);
}
