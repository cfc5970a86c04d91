using Actors.Messages;
using Actors.Messages.History;
using Actors.Server.Sessions;
using Xunit.Abstractions;
using static Actors.Server.Tests.Ledger.LedgerRig;

namespace Actors.Server.Tests.Conversation;

public sealed class SessionTests(ITestOutputHelper output) : RegistryTestKit(output)
{
    [Fact]
    public void An_edit_travels_from_push_to_updates()
    {
        var (one, two) = (Client(1).Join(), Client(2).Join());
        Assert.Equal(("Client 1", 1U, "Client 2", 2U), (one.Terms.Name, one.Terms.Number, two.Terms.Name, two.Terms.Number));
        one.Push(FileAt("a", "hello"));
        var accepted = one.Watcher.ExpectMsg<PushAccepted>(Patience);
        Assert.Equal((one.Terms.Session, 1UL, 1UL), (accepted.Session, accepted.Counter, accepted.Seq));
        var notice = two.ExpectNotice();
        Assert.Equal((two.Terms.Session, 1UL, "a"), (notice.Session, notice.Head, notice.Paths[0].Path.ToStringUtf8()));
        var page = two.Pull(0, 0);
        Assert.Equal("hello", page.Entries[0].File.Content.ToStringUtf8());
        Assert.True(page.Complete);
        AwaitAssert(() => Assert.Equal(
            ["Connected with Client 1", "Connected with Client 2", "Update received and Invalidation requests being sent to clients: a from Client 1 (version 1)", "Instructing clients to update: version 1"],
            Journal.Lines));
    }

    [Fact]
    public void A_lost_notice_is_repeated_every_second_until_the_cursor_reaches_the_head()
    {
        var (one, two) = (Client(1).Join(), Client(2).Join());
        one.Commit(FileAt("a", "1"));
        Assert.NotEmpty(two.ExpectNotice().Paths);
        for (var i = 0; i < 2; i++)
        {
            var again = two.ExpectNotice();
            Assert.Equal(1UL, again.Head);
            Assert.Empty(again.Paths);
        }
        two.Pull(0, 1);
        two.Cache.ExpectNoMsg(TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public void A_silent_client_does_not_delay_another()
    {
        var (one, silent, lively) = (Client(1).Join(), Client(2).Join(), Client(3).Join());
        for (ulong seq = 1; seq <= 30; seq++)
        {
            one.Commit(FileAt($"f{seq}", "1"));
            Assert.Equal(seq, lively.ExpectNotice().Head);
            Assert.Single(lively.Pull(seq - 1, seq).Entries);
        }
        Assert.Equal(1UL, silent.ExpectNotice().Head);
    }

    [Fact]
    public void The_answer_to_an_overtaken_pull_is_dropped_for_the_newer_one()
    {
        var one = Client(1).Join();
        one.Commit(FileAt("a", "1"));
        one.Session.Tell(one.PullMessage(0, 0), one.Cache.Ref);
        var last = one.PullMessage(0, 0);
        one.Session.Tell(last, one.Cache.Ref);
        Assert.Equal(last.Request, one.Cache.FishForMessage<Updates>(page => page.Request == last.Request, Patience).Request);
    }

    [Fact]
    public void A_pull_of_another_session_is_not_answered()
    {
        var one = Client(1).Join();
        var foreign = one.PullMessage(0, 0);
        foreign.Session++;
        one.Session.Tell(foreign, one.Cache.Ref);
        one.Cache.ExpectNoMsg(TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public void The_head_that_is_told_is_never_older_than_what_was_accepted()
    {
        var (one, two) = (Client(1).Join(), Client(2).Join());
        for (ulong seq = 1; seq <= 20; seq++)
        {
            one.Commit(FileAt($"f{seq}", "1"));
            two.Session.Tell(two.Key.Seal(new HeadQuery { Request = seq }), two.Cache.Ref);
            var reply = two.Cache.FishForMessage<HeadReply>(answer => answer.Request == seq, Patience);
            Assert.Equal(seq, reply.Head);
        }
    }

    [Fact]
    public void A_leave_in_order_and_the_end_of_the_connection_end_the_session()
    {
        var (one, two) = (Client(1).Join(), Client(2).Join());
        Watch(one.Session);
        one.Session.Tell(one.Key.Seal(new Leave()), one.Connection.Ref);
        ExpectTerminated(one.Session, Patience);
        Watch(two.Session);
        Sys.Stop(two.Connection.Ref);
        ExpectTerminated(two.Session, Patience);
        AwaitAssert(() => Assert.Contains("Client 2 has left", Journal.Lines), Patience);
    }

    [Fact]
    public void A_client_has_left_when_its_connection_ends_and_the_others_stay()
    {
        var (one, _) = (Client(1).Join(), Client(2).Join());
        var (here, there) = (one.Connection.Ref.Path.Address, new Address("akka.tcp", "Client", "127.0.0.1", 9));
        Watch(one.Session);
        Sys.EventStream.Publish(new DisassociatedEvent(here, there, inbound: true));
        ExpectNoMsg(2 * SessionActor.LateNewsWithin);
        Sys.EventStream.Publish(new DisassociatedEvent(here, here, inbound: true));
        ExpectTerminated(one.Session, Patience);
        AwaitAssert(() => Assert.Contains("Client 1 has left", Journal.Lines), Patience);
    }

    [Fact]
    public void A_newer_process_takes_over_and_the_old_one_is_told()
    {
        var old = Client(1).Join();
        var newer = Client(1);
        newer.Node = old.Node with { Incarnation = 2, Instance = 7 };
        newer.Join();
        var closed = old.Connection.ExpectMsg<SessionClosed>(Patience);
        Assert.Equal((old.Terms.Session, true), (closed.Session, closed.Replaced));
        Assert.Equal(old.Terms.Number, newer.Terms.Number);
        old.Push(FileAt("a", "1"));
        Assert.Equal(PushRejection.Fenced, old.Watcher.ExpectMsg<PushRejected>(Patience).Reason);
    }

    [Fact]
    public void A_join_that_names_another_node_s_actors_is_refused()
    {
        var one = Client(1);
        var join = one.JoinMessage();
        join.Cache = "akka.tcp://Client@127.0.0.1:9/user/replica/cache";
        Registry.Tell(join, one.Connection.Ref);
        Assert.Equal(JoinRefusal.Malformed, one.Connection.ExpectMsg<JoinRefused>(Patience).Reason);
    }

    [Fact]
    public void Another_protocol_is_refused_with_those_that_are_spoken()
    {
        var one = Client(1);
        var join = one.JoinMessage();
        join.Protocol = 2;
        Registry.Tell(join, one.Connection.Ref);
        var refused = one.Connection.ExpectMsg<JoinRefused>(Patience);
        Assert.Equal((JoinRefusal.Protocol, Limits.ProtocolVersion), (refused.Reason, refused.Protocols.Single()));
    }

    [Fact]
    public void A_copied_replica_is_refused()
    {
        var original = Client(1).Join();
        var copy = Client(1);
        copy.Node = original.Node with { Instance = 2 };
        Registry.Tell(copy.JoinMessage(), copy.Connection.Ref);
        Assert.Equal(JoinRefusal.IdentityInUse, copy.Connection.ExpectMsg<JoinRefused>(Patience).Reason);
        original.Commit(FileAt("a", "1"));
    }

    [Fact]
    public void A_new_epoch_sends_the_others_to_join_again()
    {
        var one = Client(1).Join();
        Client(2).Join(new SharePosition(new EpochId(77), 5, default));
        Assert.False(one.Connection.ExpectMsg<SessionClosed>(Patience).Replaced);
        var position = new SharePosition(new EpochId(1), 0, default);
        Assert.True(one.Join(position).Terms.Resumed);
    }

    [Fact]
    public void A_push_that_cannot_be_read_is_refused_and_harms_no_client()
    {
        var one = Client(1).Join();
        var push = one.PushMessage(1, FileAt("a", "1"));
        push.Changes[0].Path = Google.Protobuf.ByteString.CopyFromUtf8("../a");
        Registry.Tell(push, one.Watcher.Ref);
        Assert.Equal(PushRejection.Malformed, one.Watcher.ExpectMsg<PushRejected>(Patience).Reason);
        Assert.Equal(1UL, one.Commit(FileAt("a", "1")));
    }
}
