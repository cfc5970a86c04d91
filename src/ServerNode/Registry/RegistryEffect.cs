using Actors.Common;
using Actors.Messages.Content;
using Actors.Server.Ledger;
using Google.Protobuf;

namespace Actors.Server.Registry;

/// <summary>What the registry's decisions ask to be done, in order.</summary>
internal abstract record RegistryEffect
{
    /// <summary>
    /// Carry these out in one transaction and report: one batch at a time. An empty one shows whether the store can write, and
    /// has room for so many bytes.
    /// </summary>
    public sealed record RunBatch(IReadOnlyList<LedgerCommand> Commands, long RoomBytes = 0) : RegistryEffect;

    public sealed record Send(IActorRef To, IMessage Message) : RegistryEffect;

    public sealed record OpenSession(LedgerResult.Joined Terms, ulong Attempt, SessionPeers Peers) : RegistryEffect;

    public sealed record CloseSession(ulong Session, bool Replaced, string Text) : RegistryEffect;

    public sealed record Announce(HeadMoved News) : RegistryEffect;

    /// <summary>Have the session's transfer actor fetch content for one of its pushes.</summary>
    public sealed record FetchContent(ulong Session, ulong Counter, IReadOnlyList<ContentRef> Missing) : RegistryEffect;

    /// <summary>Send <see cref="RegistryEvent.ProbeDue"/> after a while.</summary>
    public sealed record ScheduleProbe : RegistryEffect
    {
        public static readonly ScheduleProbe Instance = new();
    }

    public sealed record Narrate(string Line) : RegistryEffect;

    public sealed record Record(NodeEvent Event) : RegistryEffect;
}
