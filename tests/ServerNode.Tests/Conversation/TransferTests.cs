using Actors.Messages;
using Actors.Messages.Content;
using Actors.Messages.Wire;
using Google.Protobuf;
using Xunit.Abstractions;
using static Actors.Server.Tests.Ledger.LedgerRig;

namespace Actors.Server.Tests.Conversation;

public sealed class TransferTests(ITestOutputHelper output) : RegistryTestKit(output)
{
    [Fact]
    public void Missing_content_is_fetched_under_a_window_and_then_committed()
    {
        var one = Client(1).Join();
        var large = new Chunked(65_536 * 40, seed: 1);
        one.Push(large.At("a"), FileAt("b", "small") with { Inline = null });
        var missing = one.Watcher.ExpectMsg<ContentMissing>(Patience);
        Assert.Equal((ulong)large.Content.Size + 5, missing.BytesMissing);
        Assert.Equal([large.Content.Root.ToBytes(), ContentHash.Of("small"u8).ToBytes()], missing.Roots);
        large.Parts.Add(ContentHash.Of("small"u8), "small"u8.ToArray());
        Assert.Equal(large.Parts.Count, one.Serve(large.Parts));
        Assert.Equal(1UL, one.Watcher.ExpectMsg<PushAccepted>(Patience).Seq);
    }

    [Fact]
    public void Content_is_served_by_hash_and_what_is_not_here_is_said_so()
    {
        var one = Client(1).Join();
        one.Commit(FileAt("a", "1"));
        var transfer = Sys.ActorSelection(one.Terms.Transfer);
        var pull = one.Key.Seal(new PullChunks());
        pull.Wanted.Add(new ChunkWanted { Hash = ContentHash.Of("1"u8).ToBytes() });
        pull.Wanted.Add(new ChunkWanted { Hash = ContentHash.Of("2"u8).ToBytes() });
        transfer.Tell(pull, one.Transfer.Ref);
        Assert.Equal("1", one.Transfer.ExpectMsg<Chunk>(Patience).Content.ToStringUtf8());
        Assert.Equal(ContentHash.Of("2"u8).ToBytes(), one.Transfer.ExpectMsg<ChunkUnavailable>(Patience).Hash);
    }

    [Fact]
    public void No_more_parts_are_served_at_a_time_than_the_window_holds()
    {
        var one = Client(1).Join();
        var pull = one.Key.Seal(new PullChunks());
        for (var i = 0; i < 1_000; i++)
            pull.Wanted.Add(new ChunkWanted { Hash = ContentHash.Of([(byte)i]).ToBytes() });
        Sys.ActorSelection(one.Terms.Transfer).Tell(pull, one.Transfer.Ref);
        one.Transfer.ReceiveN(Limits.ChunksOutstandingMax, Patience);
        one.Transfer.ExpectNoMsg(TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public void What_arrived_before_the_connection_was_lost_is_not_asked_for_again()
    {
        var one = Client(1).Join();
        var large = new Chunked(65_536 * 100, seed: 2);
        one.Push(large.At("a"));
        one.Watcher.ExpectMsg<ContentMissing>(Patience);
        var before = one.Serve(large.Parts, partsMax: 60);
        one.Reconnect();
        one.Join();
        Registry.Tell(one.PushMessage(1, large.At("a")), one.Watcher.Ref);
        one.Watcher.FishForMessage<ContentMissing>(missing => missing.Session == one.Terms.Session, Patience);
        var after = one.Serve(large.Parts);
        Assert.Equal(1UL, one.Watcher.ExpectMsg<PushAccepted>(Patience).Seq);
        // At most one window was on its way to the disk.
        Assert.InRange(before + after, large.Parts.Count, large.Parts.Count + (3 * Limits.ChunksOutstandingMax));
        Assert.InRange(after, 1, large.Parts.Count - 1);
    }

    [Fact]
    public void Content_that_changed_at_the_client_refuses_the_push()
    {
        var one = Client(1).Join();
        one.Push(FileAt("a", "text") with { Inline = null });
        one.Watcher.ExpectMsg<ContentMissing>(Patience);
        var asked = one.Transfer.ExpectMsg<PullChunks>(Patience);
        one.Transfer.Reply(one.Key.Seal(new ChunkUnavailable { Hash = asked.Wanted[0].Hash }));
        Assert.Equal(PushRejection.ContentGone, one.Watcher.ExpectMsg<PushRejected>(Patience).Reason);
    }

    [Fact]
    public void Bytes_that_are_not_what_was_promised_refuse_the_push()
    {
        var one = Client(1).Join();
        one.Push(FileAt("a", "text") with { Inline = null });
        var asked = one.Transfer.ExpectMsg<PullChunks>(Patience);
        one.Transfer.Reply(one.Key.Seal(new Chunk { Hash = asked.Wanted[0].Hash, Content = ByteString.CopyFromUtf8("lies") }));
        Assert.IsType<ContentMissing>(one.Watcher.ReceiveOne(Patience));
        Assert.Equal(PushRejection.ContentGone, one.Watcher.ExpectMsg<PushRejected>(Patience).Reason);
    }

    [Fact]
    public void A_tree_whose_whole_hash_is_a_lie_refuses_the_push()
    {
        var one = Client(1).Join();
        var large = new Chunked(65_536 * 3, seed: 3);
        var lie = large.At("a") with
        {
            To = Messages.Tree.EntryState.File(large.Content with { Hash = ContentHash.Of("something else"u8) }),
        };
        one.Push(lie);
        one.Watcher.ExpectMsg<ContentMissing>(Patience);
        one.Serve(large.Parts);
        Assert.Equal(PushRejection.ContentGone, one.Watcher.ExpectMsg<PushRejected>(Patience).Reason);
    }

    [Fact]
    public void Small_edits_overtake_a_large_upload()
    {
        var one = Client(1).Join();
        one.Push(new Chunked(65_536 * 20, seed: 4).At("large"));
        one.Watcher.ExpectMsg<ContentMissing>(Patience);
        Assert.Equal(1UL, one.Commit(FileAt("small", "1")));
    }
}
