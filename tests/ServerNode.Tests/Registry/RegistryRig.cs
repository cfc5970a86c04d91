using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Server.Ledger;
using Actors.Server.Registry;
using Actors.Server.Sessions;
using Actors.Server.Storage;
using Google.Protobuf;
using static Actors.Server.Tests.Ledger.LedgerRig;

namespace Actors.Server.Tests.Registry;

/// <summary>The registry's decisions, with a ledger that answers as the test says.</summary>
internal sealed class RegistryRig
{
    public static readonly ShareRow Share = new(1, "default");
    public static readonly EpochId Epoch = new(1);

    private ulong _sessions;

    public RegistryRig(RegistryLimits? limits = null) =>
        State = new RegistryState(limits ?? new RegistryLimits(), [(Share, HeadAt(0))]);

    public RegistryState State { get; }

    public static SessionPeers Peers { get; } = new(ActorRefs.Nobody, ActorRefs.Nobody, ActorRefs.Nobody, ActorRefs.Nobody, Google.Protobuf.ByteString.Empty);

    public static ShareHead HeadAt(ulong seq) => new(Share.Id, Epoch, seq, default);

    public static RegistryEvent.JoinAsked JoinOf(NodeInstance node, ulong attempt = 1) => new(new JoinRequest(node, attempt, "default", null), Peers);

    public RegistryEvent.PushCame PushOf(LedgerResult.Joined session, ulong counter, string text = "1") =>
        new(State.Find(session.Node.Session)!, Ledger.LedgerRig.PushOf(session, counter, FileAt("a", text)), 100);

    public LedgerResult.Joined Admission(NodeInstance node, bool newEpoch = false) => new(
        new NodeRow(node, (uint)(ulong)node.Id.Value) { Name = $"Client {node.Id.Value}", Session = ++_sessions, Share = Share.Id, SettledThrough = 0 },
        Share, HeadAt(0), Resumed: false, newEpoch, []);

    public LedgerResult.Joined Join(uint node, ulong incarnation = 1, bool newEpoch = false)
    {
        var instance = Node(node, incarnation);
        var admission = Admission(instance, newEpoch);
        State.Step(JoinOf(instance));
        Done(0, admission);
        return admission;
    }

    public IReadOnlyList<RegistryEffect> Done(ulong head, params LedgerResult[] results) =>
        State.Step(new RegistryEvent.BatchDone(State.BatchUnderWay!, results, [HeadAt(head)]));

    public static LedgerResult.Committed Committed(ulong seq) => new(HeadAt(seq));

    public static T The<T>(IReadOnlyList<RegistryEffect> effects)
        where T : RegistryEffect => Assert.Single(effects.OfType<T>());

    public static T Sent<T>(IReadOnlyList<RegistryEffect> effects)
        where T : IMessage => Assert.IsType<T>(Assert.Single(effects.OfType<RegistryEffect.Send>()).Message);

    public static IReadOnlyList<(ulong Session, T Message)> ToSessions<T>(IReadOnlyList<RegistryEffect> effects) =>
        [.. effects.OfType<RegistryEffect.TellSession>().Where(each => each.Message is T).Select(each => (each.Session, (T)each.Message))];

    public static (ulong Session, CloseSession Message) Closed(IReadOnlyList<RegistryEffect> effects) => Assert.Single(ToSessions<CloseSession>(effects));

    public static IReadOnlyList<string> Told(IReadOnlyList<RegistryEffect> effects) => [.. effects.OfType<RegistryEffect.NarrateLine>().Select(tell => tell.Line)];
}
