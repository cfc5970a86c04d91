using Actors.Client.Cache;
using Actors.Client.Content;
using Actors.Client.FileSystem;
using Actors.Client.FileSystem.Linux;
using Actors.Client.Tests.FileSystem;
using Actors.Client.Watcher;
using Actors.Messages;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Tree;
using Actors.Messages.Wire;
using Actors.NodeShell;

namespace Actors.Client.Tests.Cache;

/// <summary>The replica's actors on a real directory; the test is the server.</summary>
public sealed partial class CacheConversationTests : TestKit, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly EpochId Epoch = new(5);

    private readonly TempDirectory _directory = new();
    private readonly LinuxFileSystem _linux;
    private readonly FaultyFileSystem _files;
    private readonly MemoryReplicaStore _store = new();
    private readonly TestProbe _registry;
    private readonly TestProbe _transfer;
    private readonly HashSet<ulong> _accepted = [];
    private TestProbe _session = null!;
    private ulong _head;

    public CacheConversationTests()
        : base("akka.loglevel = WARNING")
    {
        _linux = LinuxFileSystem.Open(_directory.Path);
        _files = new FaultyFileSystem(_linux);
        foreach (var path in (RelativePath[])[ReplicaLayout.Own, ReplicaLayout.Staging, ReplicaLayout.Displaced])
            _files.MakeDirectory(path);
        _registry = CreateTestProbe("registry");
        _transfer = CreateTestProbe("lane");
    }

    public new void Dispose()
    {
        base.Dispose();
        Shutdown();
        _linux.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_push_is_stored_before_it_is_sent_and_carries_the_content()
    {
        Start();
        _directory.Write("notes.txt", "hello");
        var push = _registry.ExpectMsg<Push>(Patience);
        Assert.True(RequestReader.TryRead(push, out var read, out var reason), reason);
        Assert.Equal("hello"u8.ToArray(), Assert.Single(read.Changes).Inline!.Value.ToArray());
        Assert.Equal(push.Counter, Assert.Single(_store.ReadPushes()).Counter);
    }

    [Fact]
    public void An_edit_in_the_clock_tick_of_the_reading_before_it_is_found_although_its_notice_is_lost()
    {
        var cache = Start();
        // So far ahead that the edit comes before the second reading, however slow the machine is.
        _files.StoppedAtNs = BootTimeProvider.Instance.GetUtcNow().AddSeconds(8).ToUnixTimeMilliseconds() * 1_000_000;
        _directory.Write("notes.txt", "hello");
        Accept(cache, "notes.txt");
        AwaitAssert(() => Assert.Single(_store.ReadSynced()), Patience);
        _files.IsDeaf = true;
        using (var file = File.OpenWrite(_directory["notes.txt"]))
            file.Write("world"u8);
        Assert.Equal(ContentRef.Of("world"u8).Hash.ToBytes(), Assert.Single(_registry.ExpectMsg<Push>(Patience).Changes).File.Hash);
    }

    [Fact]
    public void An_update_is_applied_and_its_echo_is_not_pushed()
    {
        var cache = Start();
        Notice(cache, 1);
        Answer(cache, 1, new TreeEntry(RelativePath.Parse("notes.txt"), EntryState.File(ContentRef.Of("theirs"u8)), 1), "theirs"u8.ToArray());
        AwaitAssert(() => Assert.Equal("theirs", _directory.Read("notes.txt")), Patience);
        // The next push is that of the next edit: had the echo been taken for one, it would come first.
        _directory.Write("other.txt", "mine");
        var push = _registry.ExpectMsg<Push>(Patience);
        Assert.Equal("other.txt", Assert.Single(push.Changes).Path.ToStringUtf8());
        AwaitAssert(() => Assert.Equal(1ul, _store.ReadFacts().Position!.Value.Cursor), Patience);
    }

    [Fact]
    public void A_page_that_is_malformed_is_dropped_and_asked_for_again()
    {
        var cache = Start();
        Notice(cache, 1);
        var pull = _session.FishForMessage<Pull>(_ => true, Patience);
        cache.Tell(new Updates { Session = 1, Request = pull.Request, Complete = true });
        var again = _session.FishForMessage<Pull>(_ => true, Patience);
        Assert.True(again.Request > pull.Request);
    }

    [Fact]
    public void An_emptied_replica_stops_until_it_is_confirmed()
    {
        var cache = StartAndEmpty();

        cache.Tell(CacheActor.ConfirmStop.Instance, TestActor);
        Assert.Null(ExpectMsg<CacheActor.ConfirmAnswer>(Patience).After);
        Assert.All(_registry.ExpectMsg<Push>(Patience).Changes, change => Assert.NotNull(change.Deletion));
    }

    [Fact]
    public void A_confirmation_that_nobody_asked_for_says_nothing_about_a_later_emptying()
    {
        var cache = StartWithTwoFiles();
        cache.Tell(CacheActor.ConfirmStop.Instance, TestActor);
        ExpectMsg<CacheActor.ConfirmAnswer>(Patience);

        Empty();

        AwaitCondition(() => Status(cache).StoppedBecause?.Contains("emptied") == true, Patience);
        _registry.ExpectNoMsg(TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public void An_emptied_replica_that_gets_a_new_file_or_one_of_its_own_stays_stopped_until_all_are_back()
    {
        var cache = StartAndEmpty();
        _directory.Write("begun.log", "a line");
        _directory.Write("a", "1");
        // Longer than the second after which it looks again.
        _registry.ExpectNoMsg(TimeSpan.FromMilliseconds(1_500));
        Assert.NotNull(Status(cache).StoppedBecause);
        _directory.Write("b", "2");
        var pushed = _registry.FishForMessage<Push>(_ => true, Patience);
        Assert.Equal("begun.log", Assert.Single(pushed.Changes).Path.ToStringUtf8());
        Assert.Null(Status(cache).StoppedBecause);
    }

    [Fact]
    public void An_update_that_comes_into_an_emptied_replica_does_not_make_it_look_used()
    {
        var cache = StartWithTwoFiles();
        Empty();
        Notice(cache, 3);
        Answer(cache, 3, new TreeEntry(RelativePath.Parse("c"), EntryState.File(ContentRef.Of("theirs"u8)), 3), "theirs"u8.ToArray());
        AwaitCondition(() => Status(cache).StoppedBecause?.Contains("emptied") == true, Patience);
        _registry.ExpectNoMsg(TimeSpan.FromMilliseconds(800));
        Assert.False(File.Exists(_directory["c"]));
    }

    [Fact]
    public void A_replica_whose_last_files_the_registry_has_deleted_too_is_not_asked_about()
    {
        var cache = StartWithTwoFiles();
        _files.IsDeaf = true;
        Empty();
        Notice(cache, 9);
        var pull = _session.FishForMessage<Pull>(_ => true, Patience);
        var updates = new Updates { Session = 1, Request = pull.Request, Complete = true, Position = new SharePosition(Epoch, 9, default).ToMessage() };
        updates.Entries.Add(new TreeEntry(RelativePath.Parse("a"), EntryState.Absent, 8).ToMessage(null));
        updates.Entries.Add(new TreeEntry(RelativePath.Parse("b"), EntryState.Absent, 9).ToMessage(null));
        cache.Tell(updates);
        AwaitAssert(() => Assert.Empty(_store.ReadSynced()), Patience);
        Assert.Null(Status(cache).StoppedBecause);
    }

    [Fact]
    public void An_emptied_replica_of_which_the_registry_has_deleted_a_part_too_is_asked_about_the_rest()
    {
        var cache = StartAndEmpty();
        Notice(cache, 9);
        Answer(cache, 9, new TreeEntry(RelativePath.Parse("a"), EntryState.Absent, 9));
        // Longer than the second after which it looks again.
        _registry.ExpectNoMsg(TimeSpan.FromMilliseconds(1_500));
        Assert.NotNull(Status(cache).StoppedBecause);
    }

    [Fact]
    public void An_emptied_replica_goes_on_by_itself_when_a_new_history_has_begun()
    {
        var cache = StartAndEmpty();
        var admission = new Admission(new ReplicaSession(2, 1, "Client 1", new(6)), Resumed: false, Head: 0, []);
        cache.Tell(CacheActor.SessionLost.Instance);
        cache.Tell(new CacheActor.SessionBegan(admission, _session.Ref, _registry.Ref, _transfer.Ref));
        var pull = _session.FishForMessage<Pull>(pull => pull.Session == 2, Patience);
        cache.Tell(new Updates { Session = 2, Request = pull.Request, Complete = true, Position = new SharePosition(new(6), 0, default).ToMessage() });
        _directory.Write("a", "1");
        Assert.Equal("a", Assert.Single(_registry.ExpectMsg<Push>(Patience).Changes).Path.ToStringUtf8());
    }

    [Fact]
    public void What_was_confirmed_does_not_count_for_the_next_emptying()
    {
        var cache = StartAndEmpty();
        cache.Tell(CacheActor.ConfirmStop.Instance, TestActor);
        ExpectMsg<CacheActor.ConfirmAnswer>(Patience);
        Accept(cache, "a", "b");
        AwaitAssert(() => Assert.Empty(_store.ReadSynced()), Patience);

        _directory.Write("a", "1");
        _directory.Write("b", "2");
        Accept(cache, "a", "b");
        AwaitAssert(() => Assert.Equal(2, _store.ReadSynced().Count()), Patience);
        Empty();

        AwaitCondition(() => Status(cache).StoppedBecause?.Contains("emptied") == true, Patience);
    }

    [Fact]
    public void A_replica_that_was_emptied_while_the_node_was_away_stops_it_although_something_new_was_begun_there()
    {
        var before = StartWithTwoFiles();
        Watch(before);
        Sys.Stop(before);
        ExpectTerminated(before, Patience);
        Empty();
        _directory.Write("begun.log", "a line");

        var cache = Start();

        AwaitCondition(() => Status(cache).StoppedBecause?.Contains("emptied") == true, Patience);
        _registry.ExpectNoMsg(TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public void A_replica_that_is_moved_away_and_replaced_stops_the_node_until_it_is_back()
    {
        var cache = StartWithTwoFiles();
        using var elsewhere = new TempDirectory();
        Directory.Move(_directory.Path, elsewhere["moved"]);
        _directory.Write("a", "of something else");
        AwaitCondition(() => Status(cache).StoppedBecause?.Contains("moved or replaced") == true, Patience);
        _registry.ExpectNoMsg(TimeSpan.FromMilliseconds(300));

        Directory.Delete(_directory.Path, recursive: true);
        Directory.Move(elsewhere["moved"], _directory.Path);
        AwaitCondition(() => Status(cache).StoppedBecause is null, Patience);
        _directory.Write("c", "3");
        Accept(cache, "c");
        Assert.Equal(3, Status(cache).Report.Files);
    }

    /// <summary>Pushes are accepted until each of these paths was in one: they may come together or one by one.</summary>
    private void Accept(IActorRef cache, params string[] paths)
    {
        var awaited = paths.ToHashSet();
        while (awaited.Count > 0)
        {
            var push = _registry.ExpectMsg<Push>(Patience);
            if (_accepted.Contains(push.Counter))
                continue;
            awaited.ExceptWith(push.Changes.Select(change => change.Path.ToStringUtf8()));
            Accept(cache, push);
        }
    }

    private void Accept(IActorRef cache, Push push)
    {
        _accepted.Add(push.Counter);
        _head++;
        cache.Tell(new PushAccepted { Session = 1, Counter = push.Counter, Seq = _head, Head = _head, Epoch = Epoch.ToBytes(), ChainHash = ContentHash.Of("1"u8).ToBytes() });
    }

    private IActorRef StartWithTwoFiles()
    {
        _directory.Write("a", "1");
        _directory.Write("b", "2");
        var cache = Start();
        Accept(cache, "a", "b");
        AwaitAssert(() => Assert.Equal(2, _store.ReadSynced().Count()), Patience);
        return cache;
    }

    /// <summary>Two files are synced and then gone, and the node has stopped because of that.</summary>
    private IActorRef StartAndEmpty()
    {
        var cache = StartWithTwoFiles();
        Empty();
        AwaitCondition(() => Status(cache).StoppedBecause?.Contains("emptied") == true, Patience);
        _registry.ExpectNoMsg(TimeSpan.FromMilliseconds(300));
        return cache;
    }

    private void Empty()
    {
        File.Delete(_directory["a"]);
        File.Delete(_directory["b"]);
    }

    [Fact]
    public void Sync_waits_for_the_outcome_of_every_edit()
    {
        var cache = Start();
        _directory.Write("notes.txt", "hello");
        cache.Tell(new CacheActor.Sync(Patience), TestActor);
        var push = _registry.ExpectMsg<Push>(Patience);
        var query = _session.FishForMessage<HeadQuery>(_ => true, Patience);
        cache.Tell(new HeadReply { Session = 1, Request = query.Request, Head = 0 });
        ExpectNoMsg(TimeSpan.FromMilliseconds(200));
        cache.Tell(new PushAccepted { Session = 1, Counter = push.Counter, Seq = 1, Head = 1, Epoch = Epoch.ToBytes(), ChainHash = ContentHash.Of("1"u8).ToBytes() });
        Answer(cache, 1);
        Assert.True(ExpectMsg<CacheActor.SyncAnswer>(Patience).IsDone);
    }

    private CacheActor.StatusAnswer Status(IActorRef cache)
    {
        cache.Tell(CacheActor.AskStatus.Instance, TestActor);
        return ExpectMsg<CacheActor.StatusAnswer>(Patience);
    }

    /// <summary>The actors, joined to the share as session 1.</summary>
    private IActorRef Start(TimeSpan? writerPatience = null)
    {
        var home = new ReplicaHome
        {
            Files = _files,
            Traits = _files.Probe(ReplicaLayout.Staging),
            OpenStore = () => _store,
            Machine = "machine",
            Entropy = new SystemEntropy(),
            Journal = new NodeJournal(BootTimeProvider.Instance, "test", [], null),
            // Two files that are deleted here one after the other are gone together, however slow the machine is.
            Observer = new ObserverOptions { WriterPatience = writerPatience ?? new ObserverOptions().WriterPatience },
            Replica = new ReplicaOptions { Share = "default", DeletionQuiet = TimeSpan.FromMilliseconds(500) },
        };
        var files = _files;
        var transfer = Sys.ActorOf(Props.Create(() => new TransferActor(files, 0)));
        var watcher = Sys.ActorOf(Props.Create(() => new WatcherActor(files, home.Traits, home.Observer)));
        var cache = Sys.ActorOf(Props.Create(() => new CacheActor(home, watcher, transfer)));
        _session = CreateTestProbe();
        var admission = new Admission(new ReplicaSession(1, 1, "Client 1", Epoch), Resumed: _head > 0, Head: _head, []);
        cache.Tell(new CacheActor.SessionBegan(admission, _session.Ref, _registry.Ref, _transfer.Ref));
        Answer(cache, _head);
        return cache;
    }

    private static void Notice(IActorRef cache, ulong head) => cache.Tell(new Invalidate { Session = 1, Epoch = Epoch.ToBytes(), Head = head });

    private void Answer(IActorRef cache, ulong head, TreeEntry? entry = null, byte[]? content = null)
    {
        var pull = _session.FishForMessage<Pull>(_ => true, Patience);
        var updates = new Updates
        {
            Session = 1,
            Request = pull.Request,
            Complete = true,
            Position = new SharePosition(Epoch, head, default).ToMessage(),
        };
        if (entry is not null)
            updates.Entries.Add(entry.ToMessage(content));
        cache.Tell(updates);
    }
}
