using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Server.Sessions;
using Actors.Server.Storage;

namespace Actors.Server.Registry;

/// <summary>A client that is in: who it is, and its pushes that have no outcome yet.</summary>
internal sealed class RegistrySession(SessionTerms terms)
{
    /// <summary>By counter; at most 64.</summary>
    public Dictionary<ulong, WaitingPush> Pushes { get; } = [];

    public SessionTerms Terms => terms;

    public ulong Number => terms.Number;

    public NodeRow Node => terms.Admitted.Node;

    public ShareRow Share => terms.Admitted.Share;

    public SessionPeers Peers => terms.Peers;

    public SessionKey Key => terms.Key;

    public ulong Cursor { get; set; }

    /// <summary>A push of a session between its arrival and its outcome.</summary>
    internal sealed class WaitingPush(RegistrySession session, PushRequest push, long bytes)
    {
        public RegistrySession Session => session;

        public PushRequest Push => push;

        public ulong Counter => push.Id.Counter;

        public long Bytes => bytes;

        /// <summary>Set while the push waits for content instead of the ledger.</summary>
        public ContentMissing? Missing { get; set; }
    }
}
