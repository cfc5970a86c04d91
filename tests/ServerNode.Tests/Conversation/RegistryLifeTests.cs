using System.Text.Json;
using Actors.Messages;
using Actors.Server.Registry;
using Actors.Server.Storage;
using Xunit.Abstractions;
using static Actors.Server.Tests.Ledger.LedgerRig;

namespace Actors.Server.Tests.Conversation;

public sealed class RegistryLifeTests(ITestOutputHelper output) : RegistryTestKit(output)
{
    [Fact]
    public void A_full_disk_refuses_pushes_undecided_and_lets_them_in_when_there_is_room_again()
    {
        var (one, two) = (Client(1).Join(), Client(2).Join());
        Store.IsFull = true;
        one.Push(FileAt("a", "1"));
        var refused = one.Watcher.ExpectMsg<PushRejected>(Patience);
        Assert.Equal(PushRejection.Unavailable, refused.Reason);
        Assert.Contains("full", refused.Text);
        Assert.True(two.Pull(0, 0).Complete);
        Store.IsFull = false;
        AwaitAssert(() => Assert.Contains("The server can write again and goes on", Journal.Lines), Patience);
        Registry.Tell(one.PushMessage(1, FileAt("a", "1")), one.Watcher.Ref);
        Assert.Equal(1UL, one.Watcher.ExpectMsg<PushAccepted>(Patience).Seq);
    }

    [Fact]
    public void A_disk_with_room_for_less_than_what_waits_does_not_count_as_fixed()
    {
        var one = Client(1).Join();
        Store.IsFull = true;
        one.Push(FileAt("a", "1"));
        one.Watcher.ExpectMsg<PushRejected>(Patience);
        Store.RoomBytes = 10;
        Store.IsFull = false;
        var asked = Store.RoomAsked;
        AwaitAssert(() => Assert.True(Store.RoomAsked > asked + 1), Patience);
        Assert.DoesNotContain("The server can write again and goes on", Journal.Lines);
        Store.RoomBytes = 1_000_000;
        AwaitAssert(() => Assert.Contains("The server can write again and goes on", Journal.Lines), Patience);
    }

    [Fact]
    public void What_would_take_the_reserve_of_the_disk_is_put_off_until_there_is_room()
    {
        var one = Client(1).Join();
        Store.UnreservedBytes = 10;
        one.Push(FileAt("a", "1"));
        var refused = one.Watcher.ExpectMsg<PushRejected>(Patience);
        Assert.Equal((PushRejection.Unavailable, "the server cannot write: less than the reserve would be free"), (refused.Reason, refused.Text));
        Registry.Tell(new ServerStatusQuery(), TestActor);
        Assert.Contains("less than the reserve would be free", ExpectMsg<ServerStatusReply>(Patience).Json);
        var asked = Store.RoomAsked;
        AwaitAssert(() => Assert.True(Store.RoomAsked > asked + 1), Patience);
        Assert.DoesNotContain("The server can write again and goes on", Journal.Lines);
        Store.UnreservedBytes = 1_000_000;
        AwaitAssert(() => Assert.Contains("The server can write again and goes on", Journal.Lines), Patience);
        one.Push(FileAt("a", "1"));
        Assert.Equal(1UL, one.Watcher.ExpectMsg<PushAccepted>(Patience).Seq);
    }

    [Fact]
    public void Content_that_would_take_the_reserve_gives_the_push_back_undecided()
    {
        var one = Client(1).Join();
        one.Push(FileAt("a", "text") with { Inline = null });
        one.Watcher.ExpectMsg<ContentMissing>(Patience);
        Store.UnreservedBytes = 3;
        var asked = one.Transfer.ExpectMsg<PullChunks>(Patience);
        one.Transfer.Reply(one.Key.Seal(new Chunk { Hash = asked.Wanted[0].Hash, Content = Google.Protobuf.ByteString.CopyFromUtf8("text") }));
        Assert.Equal(PushRejection.Unavailable, one.Watcher.ExpectMsg<PushRejected>(Patience).Reason);
    }

    [Fact]
    public void A_store_that_is_gone_is_noticed_before_a_client_pushes_and_acknowledges_nothing_until_it_is_back()
    {
        var one = Client(1).Join();
        Store.Fault = new StoreUnavailableException("it is gone");
        AwaitAssert(() => Assert.Contains("The server cannot write and takes no updates until this is fixed: it is gone", Journal.Lines), Patience);
        one.Push(FileAt("a", "1"));
        Assert.Equal(PushRejection.Unavailable, one.Watcher.ExpectMsg<PushRejected>(Patience).Reason);
        Store.Fault = null;
        AwaitAssert(() => Assert.Contains("The server can write again and goes on", Journal.Lines), Patience);
        Assert.Single(Journal.Lines, line => line.Contains("it is gone"));
    }

    [Fact]
    public void Of_a_store_that_is_gone_no_client_is_told_anything()
    {
        var two = Client(2).Join();
        Client(1).Join().Commit(FileAt("a", "1"));
        two.ExpectNotice();
        Store.Fault = new StoreUnavailableException("it is gone");
        two.Session.Tell(two.PullMessage(0, 0), two.Cache.Ref);
        two.Cache.IgnoreMessages(message => message is Invalidate);
        two.Cache.ExpectNoMsg(TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public void Content_that_finds_no_room_gives_the_push_back_undecided()
    {
        var one = Client(1).Join();
        one.Push(FileAt("a", "text") with { Inline = null });
        one.Watcher.ExpectMsg<ContentMissing>(Patience);
        Store.IsFull = true;
        var asked = one.Transfer.ExpectMsg<PullChunks>(Patience);
        one.Transfer.Reply(one.Key.Seal(new Chunk { Hash = asked.Wanted[0].Hash, Content = Google.Protobuf.ByteString.CopyFromUtf8("text") }));
        Assert.Equal(PushRejection.Unavailable, one.Watcher.ExpectMsg<PushRejected>(Patience).Reason);
    }

    [Fact]
    public void A_stop_says_goodbye_to_all_clients()
    {
        var (one, two) = (Client(1).Join(), Client(2).Join());
        Registry.Tell(StopRegistry.Instance, TestActor);
        Assert.False(one.Connection.ExpectMsg<SessionClosed>(Patience).Replaced);
        Assert.False(two.Connection.ExpectMsg<SessionClosed>(Patience).Replaced);
        ExpectMsg<RegistryStopped>(Patience);
        var late = Client(3);
        Registry.Tell(late.JoinMessage(), late.Connection.Ref);
        Assert.Equal(JoinRefusal.Busy, late.Connection.ExpectMsg<JoinRefused>(Patience).Reason);
    }

    [Fact]
    public void The_status_tells_of_shares_and_clients()
    {
        var one = Client(1).Join();
        one.Commit(FileAt("a", "1"));
        one.Pull(0, 1);
        AwaitAssert(
            () =>
            {
                Registry.Tell(new ServerStatusQuery(), TestActor);
                using var status = JsonDocument.Parse(ExpectMsg<ServerStatusReply>(Patience).Json);
                Assert.Equal(1, status.RootElement.GetProperty("shares")[0].GetProperty("head").GetInt64());
                Assert.Equal(1, status.RootElement.GetProperty("shares")[0].GetProperty("files").GetInt64());
                Assert.Equal("Client 1", status.RootElement.GetProperty("clients")[0].GetProperty("name").GetString());
                Assert.Equal(1, status.RootElement.GetProperty("clients")[0].GetProperty("cursor").GetInt64());
            },
            Patience);
    }

    [Fact]
    public void Many_pushes_share_a_transaction_and_all_get_their_own_answer()
    {
        var one = Client(1).Join();
        for (var i = 0; i < 60; i++)
            one.Push(FileAt($"f{i}", "1"));
        var answers = one.Watcher.ReceiveN(60, Patience).Cast<PushAccepted>().ToList();
        Assert.Equal(Enumerable.Range(1, 60).Select(i => (ulong)i), answers.Select(answer => answer.Counter));
        Assert.Equal(Enumerable.Range(1, 60).Select(i => (ulong)i), answers.Select(answer => answer.Seq));
    }

    [Fact]
    public void A_registry_whose_committer_is_gone_starts_over_and_clients_join_again()
    {
        var one = Client(1).Join();
        one.Commit(FileAt("a", "1"));
        Watch(one.Session);
        Sys.ActorSelection("/user/registry/committer").Tell(PoisonPill.Instance);
        ExpectTerminated(one.Session, Patience);
        one.Join(new Messages.History.SharePosition(new Messages.History.EpochId(1), 0, default));
        Assert.True(one.Terms.Resumed);
        Assert.Equal(1UL, one.Terms.Head);
    }

    [Fact]
    public void A_fault_while_deciding_gives_the_push_back_and_the_registry_goes_on()
    {
        var one = Client(1).Join();
        Store.Fault = new InvalidOperationException("a bug");
        one.Push(FileAt("a", "1"));
        Assert.Equal(PushRejection.Unavailable, one.Watcher.ExpectMsg<PushRejected>(Patience).Reason);
        Store.Fault = null;
        AwaitAssert(() => Assert.Contains("The server can write again and goes on", Journal.Lines), Patience);
        Registry.Tell(one.PushMessage(1, FileAt("a", "1")), one.Watcher.Ref);
        Assert.Equal(1UL, one.Watcher.ExpectMsg<PushAccepted>(Patience).Seq);
    }
}
