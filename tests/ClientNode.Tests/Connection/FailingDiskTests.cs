using Actors.Client.Cache;
using Actors.Client.Connection;
using Actors.Client.FileSystem;
using Actors.Client.Tests.Content;
using Actors.Messages;
using Actors.Messages.Content;
using Actors.Messages.Tree;
using Actors.Messages.Wire;

namespace Actors.Client.Tests.Connection;

public sealed class FailingDiskTests : ConnectionTestKit
{
    private static readonly TreeEntry Theirs = new(RelativePath.Parse("notes.txt"), EntryState.File(ContentRef.Of("theirs"u8)), 1);

    [Theory]
    [InlineData(FileFault.NoSpace)]
    [InlineData(FileFault.ReadOnly)]
    public void A_disk_that_takes_no_update_stops_the_node_and_mending_it_lets_it_go_on(FileFault fault)
    {
        var connection = Start();
        Welcome(connection, ExpectJoin(), answersPull: false);
        var first = LastJoin;
        Files.Writing = fault;
        Answer(first, 1, Theirs, "theirs"u8.ToArray());
        AwaitAssert(() => Assert.Contains(Journal.Lines, line => line.StartsWith("Stopped:") && line.Contains($"{fault}")), Patience);
        Assert.False(File.Exists(Directory["notes.txt"]));

        // It tries again, and says nothing new while it is the same.
        var again = ExpectJoin();
        Welcome(connection, again, answersPull: false);
        Answer(again, 1, Theirs, "theirs"u8.ToArray());
        var third = ExpectJoin();
        Assert.Single(Journal.Lines, line => line.StartsWith("Stopped:"));
        Assert.Contains($"{fault}", Ask(connection).Failure);

        Files.Writing = FileFault.None;
        Welcome(connection, third, answersPull: false);
        Answer(third, 1, Theirs, "theirs"u8.ToArray());
        AwaitAssert(() => Assert.Equal("theirs", Directory.Read("notes.txt")), Patience);
        AwaitAssert(() => Assert.Contains("Going on", Journal.Lines), Patience);
        Assert.Null(Ask(connection).Failure);
    }

    [Fact]
    public void A_stopped_node_that_is_told_that_it_is_fixed_does_not_wait()
    {
        RestartAfter = TimeSpan.FromMinutes(5);
        var connection = Start();
        Welcome(connection, ExpectJoin(), answersPull: false);
        Files.Writing = FileFault.NoSpace;
        Answer(LastJoin, 1, Theirs, "theirs"u8.ToArray());
        AwaitAssert(() => Assert.Contains(Journal.Lines, line => line.StartsWith("Stopped:")), Patience);

        Files.Writing = FileFault.None;
        connection.Tell(CacheActor.ConfirmStop.Instance, TestActor);
        Assert.Contains("NoSpace", ExpectMsg<CacheActor.ConfirmAnswer>(Patience).Before);
        Welcome(connection, ExpectJoin(), answersPull: false);
        Answer(LastJoin, 1, Theirs, "theirs"u8.ToArray());
        AwaitAssert(() => Assert.Equal("theirs", Directory.Read("notes.txt")), Patience);
    }

    [Fact]
    public void A_sync_that_is_asked_for_while_the_node_stands_still_is_answered_when_it_goes_on()
    {
        var connection = Start();
        Welcome(connection, ExpectJoin(), answersPull: false);
        Files.Writing = FileFault.NoSpace;
        Answer(LastJoin, 1, Theirs, "theirs"u8.ToArray());
        AwaitAssert(() => Assert.Contains(Journal.Lines, line => line.StartsWith("Stopped:")), Patience);

        var asker = CreateTestProbe();
        connection.Tell(new CacheActor.Sync(TimeSpan.FromSeconds(2)), asker.Ref);
        Files.Writing = FileFault.None;
        connection.Tell(CacheActor.ConfirmStop.Instance, TestActor);
        Assert.False(asker.ExpectMsg<CacheActor.SyncAnswer>(Patience).IsDone);
    }

    [Fact]
    public void A_full_disk_is_no_error_of_the_program_and_a_bug_is()
    {
        var errors = CreateTestProbe();
        Sys.EventStream.Subscribe(errors.Ref, typeof(Error));
        var connection = Start();
        Welcome(connection, ExpectJoin(), answersPull: false);
        Files.Writing = FileFault.NoSpace;
        Answer(LastJoin, 1, Theirs, "theirs"u8.ToArray());
        AwaitAssert(() => Assert.Contains(Journal.Lines, line => line.StartsWith("Stopped:")), Patience);
        errors.ExpectNoMsg(TimeSpan.FromMilliseconds(300));
        Sys.ActorSelection(connection.Path / "watcher").Tell(Kill.Instance);
        Assert.Contains("has failed", errors.ExpectMsg<Error>(Patience).ToString());
    }

    [Fact]
    public void Content_that_does_not_fit_is_held_with_the_reason_and_everything_else_goes_on()
    {
        Files.Free = 9_000_000;
        var connection = Start();
        var join = ExpectJoin();
        Welcome(connection, join, answersPull: false);
        var big = new PartsOfContent(12_000_000);
        Answer(join, 1, new TreeEntry(RelativePath.Parse("big"), EntryState.File(big.Content), 1));
        AwaitAssert(() => Assert.Contains(Journal.Lines, line => line.Contains("big: the disk is too full for it: it needs 12 MB, 4.8 MB are free")), Patience);
        Resolve(join.Cache).Tell(new Invalidate { Session = 1, Secret = Secret, Epoch = Epoch.ToBytes(), Head = 2 }, Session.Ref);
        Answer(join, 2, Theirs with { Version = 2 }, "theirs"u8.ToArray());
        AwaitAssert(() => Assert.Equal("theirs", Directory.Read("notes.txt")), Patience);
        Transfer.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        Assert.DoesNotContain(Journal.Lines, line => line.StartsWith("Stopped:"));
    }

    [Theory]
    [InlineData((4 << 20) + 8_191, null)]
    [InlineData(null, 256)]
    public void Small_content_that_would_take_the_reserve_is_held_with_the_reason_and_the_node_goes_on(int? freeBytes, int? freeFiles)
    {
        (Files.Free, Files.FilesFree) = (freeBytes, freeFiles);
        var connection = Start();
        var join = ExpectJoin();
        Welcome(connection, join, answersPull: false);
        Answer(join, 1, Theirs, "theirs"u8.ToArray());
        AwaitAssert(() => Assert.Contains(Journal.Lines, line => line.Contains("notes.txt: the disk is too full for it")), Patience);
        Assert.False(File.Exists(Directory["notes.txt"]));
        Assert.DoesNotContain(Journal.Lines, line => line.StartsWith("Stopped:"));
    }

    [Theory]
    [InlineData(FileFault.Damaged)]
    [InlineData(FileFault.Failed)]
    public void A_file_that_the_disk_does_not_make_durable_is_held_and_not_pushed_before_it_does(FileFault fault)
    {
        Files.Failing = (call, path) => call == "fsync" && path == RelativePath.Parse("bad") ? fault : FileFault.None;
        var connection = Start();
        Welcome(connection, ExpectJoin());
        Directory.Write("bad", "mine");
        AwaitAssert(() => Assert.Contains(Journal.Lines, line => line.StartsWith("Not synced: bad: ")), Patience);
        Directory.Write("good", "mine");
        Assert.Equal("good", Assert.Single(Registry.FishForMessage<Push>(_ => true, Patience).Changes).Path.ToStringUtf8());
        Assert.DoesNotContain(Journal.Lines, line => line.StartsWith("Stopped:"));
        Assert.Equal(0, Files.FlushedAll);

        Files.Failing = (_, _) => FileFault.None;
        Assert.Equal("bad", Registry.FishForMessage<Push>(push => push.Changes[0].Path.ToStringUtf8() != "good", Patience).Changes[0].Path.ToStringUtf8());
    }

    [Fact]
    public void On_a_full_disk_parts_of_fetches_are_removed_before_the_state_is_opened()
    {
        Directory.Write($".actors/staging/{ReplicaLayout.PartName(ReplicaLayout.Own, default)}", "as much as there was room for");
        Directory.Write(".actors/staging/7", "displaced: only its intent says what it is");
        Files.Free = 100;
        string[] found = [];
        OpeningStore = () => found = System.IO.Directory.GetFiles(Directory[".actors/staging"]);
        Start();
        ExpectJoin();
        Assert.Equal([Directory[".actors/staging/7"]], found);
    }

    [Fact]
    public void A_state_that_cannot_be_stored_because_the_disk_is_full_stops_the_node_before_it_pushes()
    {
        var connection = Start();
        Welcome(connection, ExpectJoin());
        Store.IsFull = true;
        Directory.Write("mine.txt", "mine");
        AwaitAssert(() => Assert.Contains(Journal.Lines, line => line.StartsWith("Stopped:")), Patience);

        Store.IsFull = false;
        // Until it is let in again, nothing but Joins came to the registry.
        Welcome(connection, ExpectJoinOnly());
        var push = Registry.FishForMessage<Push>(_ => true, Patience);
        Assert.Equal("mine.txt", Assert.Single(push.Changes).Path.ToStringUtf8());
    }

    [Fact]
    public void Directories_that_cannot_be_watched_are_told_of_and_scanned_from_time_to_time()
    {
        Files.IsOutOfWatches = true;
        var connection = Start();
        Welcome(connection, ExpectJoin());
        AwaitAssert(() => Assert.Contains(Journal.Lines, line => line.Contains("Not every directory can be watched")), Patience);
        Directory.Write("mine.txt", "mine");
        Assert.Equal("mine.txt", Assert.Single(Registry.FishForMessage<Push>(_ => true, Patience).Changes).Path.ToStringUtf8());
        Assert.Single(Journal.Lines, line => line.Contains("Not every directory can be watched"));
    }

    [Fact]
    public void A_directory_that_comes_when_there_are_no_more_watches_is_told_of()
    {
        var connection = Start();
        Welcome(connection, ExpectJoin());
        Files.IsOutOfWatches = true;
        System.IO.Directory.CreateDirectory(Directory["late"]);
        AwaitAssert(() => Assert.Contains(Journal.Lines, line => line.Contains("Not every directory can be watched")), Patience);
        var push = Registry.FishForMessage<Push>(_ => true, Patience);
        Resolve(LastJoin.Cache).Tell(new PushAccepted { Session = push.Session, Secret = Secret, Counter = push.Counter, Seq = 1, Head = 1, Epoch = push.Epoch, ChainHash = push.Digest });
        Directory.Write("late/mine.txt", "mine");
        Registry.FishForMessage<Push>(push => push.Changes.Any(change => change.Path.ToStringUtf8() == "late/mine.txt"), Patience);
    }

    [Fact]
    public void A_root_on_a_network_file_system_is_scanned_from_time_to_time()
    {
        Files.Traits = traits => traits with { IsNetwork = true };
        Files.IsDeaf = true;
        var connection = Start();
        Welcome(connection, ExpectJoin());
        Directory.Write("elsewhere.txt", "written by another machine");
        Registry.FishForMessage<Push>(push => push.Changes.Any(change => change.Path.ToStringUtf8() == "elsewhere.txt"), Patience);
    }

    [Fact]
    public void A_sync_while_an_update_is_held_back_says_so_and_the_next_one_looks_whether_it_still_is()
    {
        var connection = Start();
        Welcome(connection, ExpectJoin());
        File.CreateSymbolicLink(Directory["notes.txt"], "nowhere");
        Resolve(LastJoin.Cache).Tell(new Invalidate { Session = 1, Secret = Secret, Epoch = Epoch.ToBytes(), Head = 1 }, Session.Ref);
        Answer(LastJoin, 1, Theirs, "theirs"u8.ToArray());
        var held = Sync(connection, () => { });
        Assert.False(held.IsDone);
        Assert.Equal("notes.txt", Assert.Single(held.Report.HeldBack).ToString());

        Files.IsDeaf = true;
        File.Delete(Directory["notes.txt"]);
        Assert.True(Sync(connection, () =>
        {
            var wanted = Assert.Single(Transfer.ExpectMsg<PullChunks>(Patience).Wanted);
            Transfer.Reply(new Chunk { Session = 1, Secret = Secret, Hash = wanted.Hash, Content = Google.Protobuf.ByteString.CopyFromUtf8("theirs") });
        }).IsDone);
        Assert.Equal("theirs", Directory.Read("notes.txt"));
    }

    /// <summary>Asks for a sync, of a server that is at the first commit.</summary>
    private CacheActor.SyncAnswer Sync(IActorRef connection, Action whileItWaits)
    {
        var asker = CreateTestProbe();
        connection.Tell(new CacheActor.Sync(Patience), asker.Ref);
        whileItWaits();
        var query = Session.FishForMessage<HeadQuery>(_ => true, Patience);
        Resolve(LastJoin.Cache).Tell(new HeadReply { Session = query.Session, Secret = Secret, Request = query.Request, Head = 1 }, Session.Ref);
        return asker.ExpectMsg<CacheActor.SyncAnswer>(Patience);
    }

    private Join ExpectJoinOnly() => Registry.ExpectMsg<Join>(Patience);

    private ConnectionActor.ConnectionAnswer Ask(IActorRef connection)
    {
        connection.Tell(ConnectionActor.AskConnection.Instance, TestActor);
        return ExpectMsg<ConnectionActor.ConnectionAnswer>(Patience);
    }
}
