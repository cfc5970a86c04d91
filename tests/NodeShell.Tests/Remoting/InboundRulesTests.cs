using Actors.NodeShell;
using Xunit;

namespace Actors.Tests.Remoting;

/// <summary>Which bytes from outside become messages: a closed set, to a closed set of actors, in no other node's name.</summary>
public sealed class InboundRulesTests
{
    private const string Server = "Server@127.0.0.1:2346";
    private const string Client = "Client@one:4000";
    private const string Other = "Client@two:4000";
    private const string Registry = $"akka.tcp://{Server}/user/registry";
    private const string Session = $"akka.tcp://{Server}/user/registry/session-7#123";
    private const string Transfer = $"akka.tcp://{Server}/user/registry/session-7/transfer#124";
    private const string Committer = $"akka.tcp://{Server}/user/registry/committer";
    private const string Watcher = $"akka.tcp://{Server}/system/remote-watcher";
    private const string Root = $"akka.tcp://{Server}/";
    private const string Replica = $"akka.tcp://{Client}/user/replica#9";
    private const string Theirs = $"akka.tcp://{Other}/user/replica#9";

    private static readonly InboundRules Rules =
        new(Server, new ReachablePaths(["/user/registry", "/user/registry/session-*", "/user/registry/session-*/transfer"]));

    private static readonly byte[] Push = Wire.Payload(2346, "P", []);
    private static readonly byte[] Heartbeat = Wire.Payload(16, "RWHB", []);

    public static TheoryData<string, byte[]> Taken => new()
    {
        { "to the registry", Wire.Message(Registry, Push) },
        { "to the registry, from one of the sender's actors", Wire.Message(Registry, Push, Replica) },
        { "to a session", Wire.Message(Session, Push, Replica) },
        { "to a session's transfer", Wire.Message(Transfer, Push, Replica) },
        { "by selection", Wire.Message(Root, Wire.Selection(Push, "user", "registry"), Replica) },
        { "a heartbeat of death watch", Wire.Message(Root, Wire.Selection(Heartbeat, "system", "remote-watcher"), Replica) },
        { "its answer", Wire.Message(Watcher + "#5", Wire.Payload(16, "RWHR", [8, 1]), Replica) },
        { "a question who is there", Wire.Message(Registry, Wire.Payload(16, "ID", Wire.Content(1, Wire.Payload(17, "S", [65]))), Replica) },
        { "a question without a name", Wire.Message(Registry, Wire.Payload(16, "ID", []), Replica) },
        { "an answer", Wire.Message(Session, Wire.Payload(16, "AID", [.. Wire.Content(1, Wire.Payload(0, "", [])), .. Wire.Content(2, Replica)]), Replica) },
        { "a watch", Wire.Message(Session, Wire.Payload(22, Wire.Watch, Wire.Watched(Session, Replica)), number: 0) },
        { "its end", Wire.Message(Session, Wire.Payload(22, Wire.Unwatch, Wire.Watched(Session, Replica)), number: 1) },
        { "news of an end", Wire.Message(Session, Wire.Payload(22, Wire.DeathWatchNotification, Wire.Watched(Replica)), number: 2) },
        { "a watch by the remote watcher", Wire.Message(Session, Wire.Payload(22, Wire.Watch, Wire.Watched(Session, $"akka.tcp://{Client}/system/remote-watcher#1")), number: 3) },
        { "an acknowledgement", Wire.Content(1, Wire.Content(1, [])) },
        { "a sign of life", Wire.Control(3) },
        { "a farewell", Wire.Control(2) },
    };

    public static TheoryData<string, byte[]> Dropped => new()
    {
        { "JSON that names a type", Wire.Message(Registry, Wire.Payload(1, "System.IO.FileInfo, System.Private.CoreLib", "{}"u8.ToArray())) },
        { "a protobuf message by its type's name", Wire.Message(Registry, Wire.Payload(2, "Actors.Messages.Push, Messages", [])) },
        { "a deployment", Wire.Message(Registry, Wire.Payload(3, "", [])) },
        { "bytes", Wire.Message(Registry, Wire.Payload(4, "", [1])) },
        { "nothing", Wire.Message(Registry, Wire.Payload(0, "", [])) },
        { "a string", Wire.Message(Registry, Wire.Payload(17, "S", [65])) },
        { "an unknown serializer", Wire.Message(Registry, Wire.Payload(999, "", [])) },
        { "a negative serializer", Wire.Message(Registry, [.. Wire.Content(1, Array.Empty<byte>()), .. Wire.Number(2, ulong.MaxValue)]) },
        { "an unknown message between nodes", Wire.Message(Registry, Wire.Payload(2346, "ZZ", [])) },
        { "PoisonPill", Wire.Message(Session, Wire.Payload(16, "PP", [])) },
        { "Kill", Wire.Message(Session, Wire.Payload(16, "K", [])) },
        { "IntentionalRestart", Wire.Message(Session, Wire.Payload(16, "IR", [])) },
        { "a failure", Wire.Message(Registry, Wire.Payload(16, "STF", [])) },
        { "a configuration", Wire.Message(Registry, Wire.Payload(16, "CF", [])) },
        { "a router", Wire.Message(Registry, Wire.Payload(16, "RORRC", [])) },
        { "a reference", Wire.Message(Registry, Wire.Payload(16, "AR", [])) },
        { "to the committer", Wire.Message(Committer, Push) },
        { "to the guardian", Wire.Message($"akka.tcp://{Server}/user", Push) },
        { "below a session", Wire.Message(Session.Replace("#123", "/transfer/x"), Push) },
        { "with a part too many", Wire.Message(Registry + "/", Push) },
        { "to the daemon", Wire.Message($"akka.tcp://{Server}/remote", Push) },
        { "to an asker", Wire.Message($"akka.tcp://{Server}/temp/a", Push) },
        { "to another node", Wire.Message($"akka.tcp://{Other}/user/registry", Push) },
        { "nowhere", Wire.Message("nonsense", Push) },
        { "in another's name", Wire.Message(Registry, Push, Theirs) },
        { "a heartbeat for the registry", Wire.Message(Registry, Heartbeat) },
        { "a question to the committer", Wire.Message(Committer, Wire.Payload(16, "ID", [])) },
        { "a question with a message in it", Wire.Message(Registry, Wire.Payload(16, "ID", Wire.Content(1, Wire.Payload(1, "System.IO.FileInfo, System.Private.CoreLib", [])))) },
        { "a selection of the committer", Wire.Message(Root, Wire.Selection(Push, "user", "registry", "committer")) },
        { "a selection of many", Wire.Message(Root, Wire.Selection(Push, "user", "*")) },
        { "a selection of a parent", Wire.Message(Root, Wire.Selection(Push, "user", "registry", "session-7", "..")) },
        { "a selection from elsewhere than the root", Wire.Message(Registry, Wire.Selection(Push, "session-7")) },
        { "a selection in a selection", Wire.Message(Root, Wire.Selection(Wire.Selection(Push, "user", "registry"), "user", "registry")) },
        { "PoisonPill by selection", Wire.Message(Root, Wire.Selection(Wire.Payload(16, "PP", []), "user", "registry")) },
        { "a watch by selection", Wire.Message(Root, Wire.Selection(Wire.Payload(22, Wire.Watch, Wire.Watched(Registry, Replica)), "user", "registry")) },
        { "an empty selection", Wire.Message(Root, Wire.Selection(Push)) },
        { "a second introduction", Wire.Associate(Other) },
    };

    public static TheoryData<string, byte[]> Closing => new()
    {
        { "Create", System("Akka.Dispatch.SysMsg.Create, Akka") },
        { "Recreate", System("Akka.Dispatch.SysMsg.Recreate, Akka") },
        { "Suspend", System("Akka.Dispatch.SysMsg.Suspend, Akka") },
        { "Resume", System("Akka.Dispatch.SysMsg.Resume, Akka") },
        { "Terminate", System("Akka.Dispatch.SysMsg.Terminate, Akka") },
        { "Failed", System("Akka.Dispatch.SysMsg.Failed, Akka") },
        { "Supervise", System("Akka.Dispatch.SysMsg.Supervise, Akka") },
        { "any type", System("System.IO.FileInfo, System.Private.CoreLib") },
        { "a watch in another's name", Wire.Message(Session, Wire.Payload(22, Wire.Watch, Wire.Watched(Session, Theirs)), number: 0) },
        { "a watch of another's actor", Wire.Message(Session, Wire.Payload(22, Wire.Watch, Wire.Watched(Theirs, Replica)), number: 0) },
        { "news of another's end", Wire.Message(Session, Wire.Payload(22, Wire.DeathWatchNotification, Wire.Watched(Theirs)), number: 0) },
        { "a watch of the committer", Wire.Message(Committer, Wire.Payload(22, Wire.Watch, Wire.Watched(Committer, Replica)), number: 0) },
        { "two recipients", Wire.Content(1, Wire.Content(2, [.. Wire.Envelope(Registry, Push), .. Wire.Content(1, Wire.Ref(Committer))])) },
        { "two envelopes", Wire.Content(1, [.. Wire.Content(2, Wire.Envelope(Registry, Push)), .. Wire.Content(2, Wire.Envelope(Committer, Push))]) },
        { "a frame of nothing", [] },
        { "a frame of both kinds", [.. Wire.Control(3), .. Wire.Message(Registry, Push)] },
        { "a length beyond the end", [0x0a, 0x7f, 0x00] },
        { "a group", [0x0b, 0x0c] },
        { "an unknown control frame", Wire.Control(9) },
    };

    [Theory]
    [MemberData(nameof(Taken))]
    public void What_nodes_send_each_other_is_taken(string what, byte[] frame) => Assert.Equal((what, Verdict.Pass), (what, AfterIntroduction().Judge(frame)));

    [Theory]
    [MemberData(nameof(Dropped))]
    public void Everything_else_is_dropped(string what, byte[] frame) => Assert.Equal((what, VerdictAction.Drop), (what, AfterIntroduction().Judge(frame).Action));

    [Theory]
    [MemberData(nameof(Closing))]
    public void What_cannot_be_left_out_ends_the_connection(string what, byte[] frame) =>
        Assert.Equal((what, VerdictAction.Close), (what, AfterIntroduction().Judge(frame).Action));

    [Fact]
    public void Ten_thousand_selections_in_each_other_are_dropped_at_the_first()
    {
        var nested = Push;
        for (var depth = 0; depth < 10_000; depth++)
            nested = Wire.Payload(6, "", Wire.Content(1, nested));
        Assert.Equal(VerdictAction.Drop, AfterIntroduction().Judge(Wire.Message(Root, nested)).Action);
    }

    [Fact]
    public void A_message_before_the_introduction_ends_the_connection() =>
        Assert.Equal(VerdictAction.Close, new InboundFilter(Rules, null).Judge(Wire.Message(Registry, Push)).Action);

    [Fact]
    public void An_introduction_by_this_nodes_own_name_ends_the_connection() =>
        Assert.Equal(VerdictAction.Close, new InboundFilter(Rules, null).Judge(Wire.Associate(Server)).Action);

    [Fact]
    public void Who_was_dialled_speaks_in_that_name_alone()
    {
        var filter = new InboundFilter(Rules, Client);
        Assert.Equal(Verdict.Pass, filter.Judge(Wire.Associate(Other)));
        Assert.Equal(Verdict.Pass, filter.Judge(Wire.Message(Registry, Push, Replica)));
        Assert.Equal(VerdictAction.Drop, filter.Judge(Wire.Message(Registry, Push, Theirs)).Action);
    }

    [Fact]
    public void Frames_with_random_faults_never_throw()
    {
        const int seed = 11;
#pragma warning disable RS0030 // The seed is fixed: a test's own randomness.
        var random = new Random(seed);
        var frames = Taken.Concat(Dropped).Concat(Closing).Select(row => (byte[])row[1]).Where(frame => frame.Length > 0).ToList();
        for (var round = 0; round < 20_000; round++)
        {
            var frame = frames[random.Next(frames.Count)].ToArray();
            for (var changes = random.Next(1, 8); changes > 0; changes--)
                frame[random.Next(frame.Length)] = (byte)random.Next(256);
            _ = AfterIntroduction().Judge(frame.AsSpan(0, random.Next(frame.Length + 1)));
        }
#pragma warning restore RS0030
    }

    private static byte[] System(string manifest) => Wire.Message(Registry, Wire.Payload(22, manifest, []), number: 0);

    private static InboundFilter AfterIntroduction()
    {
        var filter = new InboundFilter(Rules, null);
        Assert.Equal(Verdict.Pass, filter.Judge(Wire.Associate(Client)));
        return filter;
    }
}
