using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Server.Ledger;
using Actors.Server.Storage;

namespace Actors.Server.Registry;

/// <summary>A client that is in: who it is, and its pushes that have no outcome yet.</summary>
internal sealed class RegistrySession(LedgerResult.Joined terms, SessionPeers peers)
{
    /// <summary>By counter; at most 64.</summary>
    public Dictionary<ulong, WaitingPush> Pushes { get; } = [];

    public ulong Number => terms.Node.Session;

    public NodeRow Node => terms.Node;

    public ShareRow Share => terms.Share;

    public SessionPeers Peers => peers;

    public SessionKey Key { get; } = new(terms.Node.Session, peers.Secret);

    public ulong Cursor { get; set; }

    /// <summary>A push between its arrival and its outcome.</summary>
    internal sealed class WaitingPush(PushRequest push, long bytes)
    {
        public PushRequest Push => push;

        public long Bytes => bytes;

        /// <summary>Set while the push waits for content instead of the ledger.</summary>
        public ContentMissing? Missing { get; set; }
    }
}
