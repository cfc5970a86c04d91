using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.History;
using Actors.NodeShell;
using Actors.Server.Ledger;
using Actors.Server.Sessions;
using Actors.Server.Storage;
using Google.Protobuf;

namespace Actors.Server.Registry;

/// <summary>What the registry's decisions react to.</summary>
internal abstract record RegistryEvent
{
    /// <summary>What the ledger is asked to decide on. It waits in the registry's queue until a batch takes it along.</summary>
    public abstract record LedgerQuestion : RegistryEvent;

    public sealed record JoinAsked(JoinRequest Join, SessionPeers Peers) : LedgerQuestion;

    /// <summary>A push came, in a session that is in. <paramref name="Bytes"/>: how much memory it holds, about.</summary>
    public sealed record PushCame(RegistrySession Session, PushRequest Push, long Bytes) : LedgerQuestion
    {
        public ulong Counter => Push.Id.Counter;

        /// <summary>Set while the push waits for content instead of the ledger.</summary>
        public ContentMissing? Missing { get; init; }

        /// <summary>Why its content cannot be had: the ledger refuses the push for good. Null: the ledger decides.</summary>
        public string? WhyGivenUp { get; init; }
    }

    /// <summary>A batch that was handed out is on disk. The results are those of its questions, in order.</summary>
    public sealed record BatchDone(RegistryEffect.RunBatch Batch, IReadOnlyList<LedgerResult> Results, IReadOnlyList<ShareHead> Heads) : RegistryEvent;

    /// <summary>The store cannot write: nothing of the batch was decided.</summary>
    public sealed record BatchFailed(RegistryEffect.RunBatch Batch, string Reason) : RegistryEvent;

    /// <summary>The content that a push waited for is here.</summary>
    public sealed record ContentCame(ulong Session, ulong Counter) : RegistryEvent;

    /// <summary>The content that a push waits for cannot be had from its client any more.</summary>
    public sealed record ContentGone(ulong Session, ulong Counter, string Reason) : RegistryEvent;

    /// <summary>So many bytes of the content that a push waits for could not be stored.</summary>
    public sealed record ContentUnstored(ulong Session, ulong Counter, string Reason, long Bytes = 0) : RegistryEvent;

    public sealed record SessionEnded(ulong Session) : RegistryEvent;

    /// <summary>A session's client has saved its cursor.</summary>
    public sealed record CursorSaved(ulong Session, ulong Cursor) : RegistryEvent;

    /// <summary>The store does not lie in its place any more.</summary>
    public sealed record StoreGone(string Reason) : RegistryEvent;

    /// <summary>It is time to see whether a store that could not write can again.</summary>
    public sealed record ProbeDue : RegistryEvent
    {
        public static readonly ProbeDue Instance = new();
    }

    /// <summary>The server ends: take nothing new.</summary>
    public sealed record StopAsked : RegistryEvent
    {
        public static readonly StopAsked Instance = new();
    }
}

/// <summary>What the registry's decisions ask to be done, in order.</summary>
internal abstract record RegistryEffect
{
    /// <summary>
    /// Decide on these in one transaction and report: one batch at a time. An empty one shows whether the store can write, and
    /// has room for so many bytes.
    /// </summary>
    public sealed record RunBatch(IReadOnlyList<RegistryEvent.LedgerQuestion> Questions, long RoomBytes = 0) : RegistryEffect;

    public sealed record Send(IActorRef To, IMessage Message) : RegistryEffect;

    public sealed record OpenSession(SessionTerms Terms) : RegistryEffect;

    /// <summary>Tell a session: <see cref="CloseSession"/>, or <see cref="FetchContents"/>.</summary>
    public sealed record TellSession(ulong Session, object Message) : RegistryEffect;

    public sealed record Announce(HeadMoved News) : RegistryEffect;

    /// <summary>Send <see cref="RegistryEvent.ProbeDue"/> after a while.</summary>
    public sealed record ScheduleProbe : RegistryEffect
    {
        public static readonly ScheduleProbe Instance = new();
    }

    public sealed record NarrateLine(string Line) : RegistryEffect;

    public sealed record RecordEvent(NodeEvent Event) : RegistryEffect;
}
