using Actors.Messages;
using Actors.Messages.Content;
using Actors.Server.Ledger;
using Google.Protobuf;

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

/// <summary>The actors of a client that a session talks to.</summary>
/// <param name="Connection">Takes Welcome and SessionClosed; its end is the session's.</param>
/// <param name="Cache">Takes Invalidate and Updates.</param>
/// <param name="Watcher">Takes the outcomes of pushes.</param>
/// <param name="Transfer">Serves and takes content.</param>
/// <param name="Secret">What messages of the session carry.</param>
internal sealed record SessionPeers(IActorRef Connection, IActorRef Cache, IActorRef Watcher, IActorRef Transfer, ByteString Secret);

/// <summary>Registry to a session, and on to its transfer actor: get this content for a push. The registry hears how it ended.</summary>
internal sealed record FetchContents(ulong Counter, IReadOnlyList<ContentRef> Missing);

/// <summary>Registry to a session: tell the client that it is over, and end.</summary>
internal sealed record CloseSession(bool Replaced, string Text);

/// <summary>Session to registry: what is the newest commit of the share? Answered by <see cref="HeadAnswer"/>.</summary>
internal sealed record HeadAsked(int Share, ulong Request);

internal sealed record HeadAnswer(ulong Request, ulong Head);
