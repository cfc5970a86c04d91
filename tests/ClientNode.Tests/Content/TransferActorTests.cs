using Actors.Client.Cache;
using Actors.Client.Content;
using Actors.Client.FileSystem;
using Actors.Client.FileSystem.Linux;
using Actors.Client.Storage;
using Actors.Client.Tests.FileSystem;
using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.Tree;
using Google.Protobuf;

namespace Actors.Client.Tests.Content;

/// <summary>The test is the Cache, and both sides of the lane that are not the actor.</summary>
public sealed class TransferActorTests : TestKit, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const int Reserve = 1_000_000;

    private readonly TempDirectory _directory = new();
    private readonly LinuxFileSystem _files;
    private readonly FaultyFileSystem _faulty;
    private readonly IActorRef _transfer;
    private TestProbe _peer;

    public TransferActorTests()
        : base("akka.loglevel = WARNING")
    {
        _files = LinuxFileSystem.Open(_directory.Path);
        _files.MakeDirectory(ReplicaLayout.Own);
        _files.MakeDirectory(ReplicaLayout.Staging);
        _peer = CreateTestProbe();
        var files = _faulty = new FaultyFileSystem(_files);
        _transfer = Sys.ActorOf(Props.Create(() => new TransferActor(files, Reserve)));
    }

    public new void Dispose()
    {
        base.Dispose();
        Shutdown();
        _files.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Content_is_fetched_whole_with_at_most_sixteen_parts_outstanding()
    {
        var theirs = new PartsOfContent(40 * Limits.ChunkBytes + 5);
        Open(1);
        Fetch("big", theirs);
        var outstanding = 0;
        var most = 0;
        var queue = new Queue<ChunkWanted>();
        var sent = 0;
        while (sent < theirs.Parts.Count)
        {
            while (queue.Count == 0)
            {
                foreach (var wanted in _peer.ExpectMsg<PullChunks>(Patience).Wanted)
                {
                    queue.Enqueue(wanted);
                    outstanding++;
                }
            }
            most = Math.Max(most, outstanding);
            Give(1, theirs, queue.Dequeue());
            outstanding--;
            sent++;
        }
        var fetched = ExpectMsg<TransferActor.Fetched>(Patience);
        Assert.Equal(theirs.Bytes, File.ReadAllBytes(_directory[$".actors/staging/{fetched.StagedName}"]));
        Assert.InRange(most, 2, Limits.ChunksOutstandingMax);
    }

    [Fact]
    public void A_part_with_other_bytes_than_promised_fails_the_fetch()
    {
        var theirs = new PartsOfContent(2 * Limits.ChunkBytes);
        Open(1);
        Fetch("big", theirs);
        var wanted = Assert.Single(_peer.ExpectMsg<PullChunks>(Patience).Wanted);
        _transfer.Tell(new Chunk { Session = 1, Hash = wanted.Hash, Content = ByteString.CopyFrom(new byte[64]) });
        Assert.Equal("big", ExpectMsg<TransferActor.FetchFailed>(Patience).Content.Entry.Path.ToString());
    }

    [Fact]
    public void Content_that_the_peer_no_longer_has_fails_the_fetch()
    {
        var theirs = new PartsOfContent(2 * Limits.ChunkBytes);
        Open(1);
        Fetch("big", theirs);
        var wanted = Assert.Single(_peer.ExpectMsg<PullChunks>(Patience).Wanted);
        _transfer.Tell(new ChunkUnavailable { Session = 1, Hash = wanted.Hash });
        ExpectMsg<TransferActor.FetchFailed>(Patience);
    }

    [Fact]
    public void A_fetch_that_is_not_wanted_any_more_makes_way_for_another_one_of_the_same_content()
    {
        var theirs = new PartsOfContent(2 * Limits.ChunkBytes);
        Open(1);
        Fetch("one", theirs);
        _peer.ExpectMsg<PullChunks>(Patience);
        Fetch("two", theirs);
        _transfer.Tell(new TransferActor.StopFetch(RelativePath.Parse("one")));
        Give(1, theirs, Assert.Single(_peer.ExpectMsg<PullChunks>(Patience).Wanted));
        foreach (var wanted in _peer.ExpectMsg<PullChunks>(Patience).Wanted)
            Give(1, theirs, wanted);
        Assert.Equal("two", ExpectMsg<TransferActor.Fetched>(Patience).Content.Entry.Path.ToString());
    }

    [Fact]
    public void A_new_session_is_asked_for_what_the_old_one_owes()
    {
        var theirs = new PartsOfContent(3 * Limits.ChunkBytes);
        Open(1);
        Fetch("big", theirs);
        Give(1, theirs, Assert.Single(_peer.ExpectMsg<PullChunks>(Patience).Wanted));
        var owed = _peer.ExpectMsg<PullChunks>(Patience).Wanted;
        Assert.Equal(3, owed.Count);
        _transfer.Tell(TransferActor.CloseLane.Instance);

        _peer = CreateTestProbe();
        Open(2);
        // At once, and not only when it loses patience.
        var again = _peer.ExpectMsg<PullChunks>(TimeSpan.FromSeconds(3));
        Assert.Equal(2ul, again.Session);
        Assert.Equal(owed.Select(wanted => wanted.Hash).ToHashSet(), again.Wanted.Select(wanted => wanted.Hash).ToHashSet());
        // What the old session still sends does not count, and does no harm.
        Give(1, theirs, owed[0]);
        foreach (var wanted in again.Wanted)
            Give(2, theirs, wanted);
        ExpectMsg<TransferActor.Fetched>(Patience);
    }

    [Fact]
    public void Parts_that_an_earlier_try_has_left_are_not_asked_for_again()
    {
        var theirs = new PartsOfContent(3 * Limits.ChunkBytes);
        var half = theirs.Bytes.AsSpan(0, 2 * Limits.ChunkBytes).ToArray();
        File.WriteAllBytes(_directory[$".actors/staging/{ReplicaLayout.PartName(RelativePath.Parse("big"), theirs.Content.Root)}"], half);
        Open(1);
        Fetch("big", theirs);
        Give(1, theirs, Assert.Single(_peer.ExpectMsg<PullChunks>(Patience).Wanted));
        var missing = Assert.Single(_peer.ExpectMsg<PullChunks>(Patience).Wanted);
        Assert.Equal(theirs.Chunks[2], Hash(missing.Hash));
        Give(1, theirs, missing);
        ExpectMsg<TransferActor.Fetched>(Patience);
    }

    [Fact]
    public void A_fetch_that_is_not_wanted_any_more_leaves_nothing_behind()
    {
        var theirs = new PartsOfContent(2 * Limits.ChunkBytes);
        Open(1);
        Fetch("big", theirs);
        _peer.ExpectMsg<PullChunks>(Patience);
        _transfer.Tell(new TransferActor.StopFetch(RelativePath.Parse("big")));
        AwaitAssert(() => Assert.Empty(Directory.GetFiles(_directory[".actors/staging"])), Patience);
    }

    [Fact]
    public void Content_that_does_not_fit_beside_the_reserve_is_not_fetched_until_there_is_room()
    {
        var theirs = new PartsOfContent(3 * Limits.ChunkBytes);
        _faulty.Free = Reserve + theirs.Bytes.Length - 1;
        Open(1);
        Fetch("big", theirs);
        Assert.Equal(theirs.Bytes.Length - 1, ExpectMsg<TransferActor.NoRoom>(Patience).FreeBytes);
        var small = new PartsOfContent(100, seed: 2);
        Fetch("small", small);
        Assert.Equal(small.Content.Root, Hash(Assert.Single(_peer.ExpectMsg<PullChunks>(Patience).Wanted).Root));
        _faulty.Free++;
        _transfer.Tell(new TransferActor.StopFetch(RelativePath.Parse("small")));
        Fetch("big", theirs);
        Assert.Equal(theirs.Content.Root, Hash(Assert.Single(_peer.ExpectMsg<PullChunks>(Patience).Wanted).Root));
    }

    [Fact]
    public void Content_that_fits_when_another_one_is_done_waits_for_it()
    {
        var (first, second) = (new PartsOfContent(2 * Limits.ChunkBytes), new PartsOfContent(2 * Limits.ChunkBytes, seed: 2));
        _faulty.Free = Reserve + 3 * Limits.ChunkBytes;
        Open(1);
        Fetch("first", first);
        Fetch("second", second);
        Give(1, first, Assert.Single(_peer.ExpectMsg<PullChunks>(Patience).Wanted));
        foreach (var wanted in _peer.ExpectMsg<PullChunks>(Patience).Wanted)
            Give(1, first, wanted);
        Assert.Equal("first", ExpectMsg<TransferActor.Fetched>(Patience).Content.Entry.Path.ToString());
        Assert.Equal(second.Content.Root, Hash(Assert.Single(_peer.ExpectMsg<PullChunks>(Patience).Wanted).Root));
    }

    [Fact]
    public void Content_of_an_open_push_is_given_to_its_session_until_the_push_ends()
    {
        var mine = new PartsOfContent(2 * Limits.ChunkBytes);
        File.WriteAllBytes(_directory["mine"], mine.Bytes);
        Open(1);
        Offer(1, "mine", mine);
        Ask(1, mine, mine.Nodes[0], isBranch: true);
        Assert.Equal(mine.Parts[mine.Nodes[0]], _peer.ExpectMsg<Chunk>(Patience).Content.ToByteArray());
        Ask(1, mine, mine.Chunks[1], Limits.ChunkBytes);
        Assert.Equal(mine.Parts[mine.Chunks[1]], _peer.ExpectMsg<Chunk>(Patience).Content.ToByteArray());

        _transfer.Tell(new TransferActor.EndOffer(1));
        Ask(1, mine, mine.Chunks[1], Limits.ChunkBytes);
        _peer.ExpectMsg<ChunkUnavailable>(Patience);
    }

    [Fact]
    public void A_session_that_is_over_is_given_nothing()
    {
        var mine = new PartsOfContent(2 * Limits.ChunkBytes);
        File.WriteAllBytes(_directory["mine"], mine.Bytes);
        Open(2);
        Offer(1, "mine", mine);
        Ask(1, mine, mine.Chunks[0]);
        Ask(2, mine, mine.Chunks[1], Limits.ChunkBytes);
        Assert.Equal(mine.Chunks[1], Hash(_peer.ExpectMsg<Chunk>(Patience).Hash));
    }

    private void Open(ulong session) => _transfer.Tell(new TransferActor.OpenLane(_peer.Ref, new SessionKey(session, ByteString.Empty)), TestActor);

    private void Fetch(string path, PartsOfContent theirs) =>
        _transfer.Tell(new TransferActor.FetchContent(new WantedContent(new TreeEntry(RelativePath.Parse(path), EntryState.File(theirs.Content), 1), 1)));

    private void Give(ulong session, PartsOfContent theirs, ChunkWanted wanted) => _transfer.Tell(new Chunk
    {
        Session = session,
        Hash = wanted.Hash,
        Content = ByteString.CopyFrom(theirs.Parts[Hash(wanted.Hash)]),
    });

    private void Offer(ulong counter, string path, PartsOfContent mine)
    {
        PathChange[] changes = [new PathChange(RelativePath.Parse(path), 0, EntryState.File(mine.Content))];
        _transfer.Tell(new TransferActor.OfferContent(new StoredPush(counter, ChangeSetDigest.Of(changes), changes)));
    }

    private void Ask(ulong session, PartsOfContent mine, ContentHash hash, long offset = 0, bool isBranch = false)
    {
        var pull = new PullChunks { Session = session };
        pull.Wanted.Add(new ChunkWanted
        {
            Hash = ByteString.CopyFrom(hash.ToArray()),
            Root = ByteString.CopyFrom(mine.Content.Root.ToArray()),
            Offset = (ulong)offset,
            Branch = isBranch,
        });
        _transfer.Tell(pull, _peer.Ref);
    }

    private static ContentHash Hash(ByteString bytes) => ContentHash.TryRead(bytes.Span, out var hash) ? hash : default;
}
