using Actors.Client.Cache;
using Actors.Client.Storage;
using Actors.Messages;
using Actors.Messages.Tree;

namespace Actors.Client.Content;

public sealed partial class TransferActor
{
    /// <summary>From the Cache: a session has begun; its transfer actor is the peer.</summary>
    public sealed record OpenLane(IActorRef Peer, SessionKey Key);

    /// <summary>From the Cache: no session; fetches wait, and keep what they have.</summary>
    public sealed record CloseLane
    {
        public static CloseLane Instance { get; } = new();
    }

    /// <summary>From the Cache: the peer may pull what this push names.</summary>
    public sealed record OfferContent(StoredPush Push);

    public sealed record EndOffer(ulong Counter);

    public sealed record EndOffers
    {
        public static EndOffers Instance { get; } = new();
    }

    /// <summary>From the Cache: answered by <see cref="Fetched"/>, <see cref="FetchFailed"/> or <see cref="NoRoom"/>, sooner or later.</summary>
    public sealed record FetchContent(WantedContent Content);

    public sealed record StopFetch(RelativePath Path);

    /// <summary>To the Cache: the content lies in the staging area under a name.</summary>
    public sealed record Fetched(WantedContent Content, string StagedName);

    /// <summary>To the Cache: the content does not fit the disk, of which so much is free beside the reserve.</summary>
    public sealed record NoRoom(WantedContent Content, long FreeBytes);

    /// <summary>To the Cache: the disk does not take the content.</summary>
    public sealed record CannotStage(WantedContent Content, string Reason);

    /// <summary>To the Cache: the peer does not have the content (any more).</summary>
    public sealed record FetchFailed(WantedContent Content);

    private sealed record LosePatience
    {
        public static LosePatience Instance { get; } = new();
    }
}
