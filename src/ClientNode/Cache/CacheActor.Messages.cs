using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Messages.Changes;
using Actors.Messages.History;

namespace Actors.Client.Cache;

public sealed partial class CacheActor
{
    /// <summary>To the connection: recovered, and ready to be joined to a server.</summary>
    public sealed record CacheReady
    {
        public static CacheReady Instance { get; } = new();
    }

    /// <summary>To the connection: this session cannot go on.</summary>
    public sealed record RejoinNeeded(string Reason, bool UnderNewIdentity);

    /// <summary>From the connection; answered by <see cref="JoinFacts"/>.</summary>
    public sealed record PrepareJoin
    {
        public static PrepareJoin Instance { get; } = new();
    }

    /// <summary>What a Join says of the replica.</summary>
    public sealed record JoinFacts(
        ReplicaIdentity Identity, SharePosition? Position, SharePosition? Newest, IReadOnlyList<DoubtfulPush> InDoubt, ulong SettledThrough);

    /// <summary>From the connection: a session has begun.</summary>
    public sealed record SessionBegan(Admission Admission, IActorRef SessionActor, IActorRef Registry, IActorRef Transfer);

    /// <summary>From the connection: the session is over.</summary>
    public sealed record SessionLost
    {
        public static SessionLost Instance { get; } = new();
    }

    /// <summary>From the connection: the server knows this identity as another replica's.</summary>
    public sealed record TakeNewIdentity
    {
        public static TakeNewIdentity Instance { get; } = new();
    }

    /// <summary>Answered by <see cref="StatusAnswer"/>.</summary>
    public sealed record AskStatus
    {
        public static AskStatus Instance { get; } = new();
    }

    public sealed record StatusAnswer(
        ReplicaReport Report, string? StoppedBecause, string? GivenName, SharePosition? Position, FileSystemTraits Traits, int Unnameable);

    /// <summary>Answered by <see cref="SyncAnswer"/>, at the latest when patience has run out.</summary>
    public sealed record Sync(TimeSpan Patience);

    public sealed record SyncAnswer(bool IsDone, ReplicaReport Report, string? StoppedBecause, bool IsConnected);

    /// <summary>Answered by <see cref="ConfirmAnswer"/>.</summary>
    public sealed record ConfirmStop
    {
        public static ConfirmStop Instance { get; } = new();
    }

    /// <summary>Why the node stood still, and why it still does; null: it does not.</summary>
    public sealed record ConfirmAnswer(string? Before, string? After);

    private sealed record Tick
    {
        public static Tick Instance { get; } = new();
    }

    private sealed record StoreNow
    {
        public static StoreNow Instance { get; } = new();
    }

    /// <summary>A large displaced file is being read.</summary>
    private sealed record ReadOn
    {
        public static ReadOn Instance { get; } = new();
    }

    private sealed record LookAtNewNames
    {
        public static LookAtNewNames Instance { get; } = new();
    }

    /// <summary>A change has waited long enough for those before it.</summary>
    private sealed record OrderDue
    {
        public static OrderDue Instance { get; } = new();
    }

    private sealed record LookAtAbsences
    {
        public static LookAtAbsences Instance { get; } = new();
    }
}
