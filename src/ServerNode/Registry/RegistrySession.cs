using Actors.Messages;
using Actors.Server.Sessions;
using Actors.Server.Storage;

namespace Actors.Server.Registry;

/// <summary>A client that is in: who it is, and its pushes that have no outcome yet.</summary>
internal sealed class RegistrySession(SessionTerms terms)
{
    /// <summary>By counter; at most 64.</summary>
    public Dictionary<ulong, RegistryEvent.PushCame> Pushes { get; } = [];

    public SessionTerms Terms => terms;

    public ulong Number => terms.Number;

    public NodeRow Node => terms.Admitted.Node;

    public ShareRow Share => terms.Admitted.Share;

    public SessionPeers Peers => terms.Peers;

    public SessionKey Key => terms.Key;

    public ulong Cursor { get; set; }
}
