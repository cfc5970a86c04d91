using Actors.Common;
using Actors.Server.Ledger;
using Actors.Server.Sessions;
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
