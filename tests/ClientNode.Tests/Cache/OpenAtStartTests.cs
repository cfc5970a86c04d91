using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Messages.Tree;
using static Actors.Client.Tests.Cache.ReplicaScene;

namespace Actors.Client.Tests.Cache;

/// <summary>A file that was read while it was open, and may be open still: the disk looks as it did.</summary>
public sealed class OpenAtStartTests : IDisposable
{
    private static readonly FileSignature Signature = new(7, 4, 1, 1);

    private readonly MemoryReplicaStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_start_reads_again_what_was_open_when_it_was_read()
    {
        Read(new ReplicaScene(_store), isStillOpen: true);
        Assert.Equal([P("mapped")], Listed(new ReplicaScene(_store, isScanned: false)));
    }

    [Fact]
    public void A_start_does_not_read_again_what_was_closed()
    {
        Read(new ReplicaScene(_store), isStillOpen: false);
        Assert.Empty(Listed(new ReplicaScene(_store, isScanned: false)));
    }

    [Fact]
    public void Without_a_start_it_has_its_own_turns_and_no_scan_reads_it()
    {
        var scene = new ReplicaScene(_store);
        Read(scene, isStillOpen: true);
        Assert.Empty(Listed(scene));
        scene.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Empty(scene.Replica.Local.TakeUntrusted(10));
        Assert.Empty(scene.Replica.Local.TakeOpenDue());
        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([(P("mapped"), true)], scene.Replica.Local.TakeOpenDue());
    }

    /// <summary>It has its turns again after that start.</summary>
    [Fact]
    public void Where_nothing_tells_who_writes_a_start_reads_again_what_was_not_left_alone_for_long()
    {
        var scene = new ReplicaScene(_store);
        scene.JoinAt(1, File("mapped", "text", 1));
        var young = Signature with { ModifiedNs = NowNs(scene) };
        Read(scene, young, isSettled: false);
        scene.Clock.Advance(TimeSpan.FromSeconds(5));
        Read(scene, young, isSettled: true);

        scene = new ReplicaScene(_store, isScanned: false);
        Assert.Equal([P("mapped")], Listed(scene, young));
        Read(scene, young, isSettled: true);
        scene.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([(P("mapped"), false)], scene.Replica.Local.TakeOpenDue());
    }

    [Fact]
    public void Where_nothing_tells_who_writes_what_was_left_alone_for_long_is_not_read_again()
    {
        var scene = new ReplicaScene(_store);
        scene.JoinAt(1, File("mapped", "text", 1));
        var young = Signature with { ModifiedNs = NowNs(scene) };
        Read(scene, young, isSettled: false);
        for (var second = 1; second <= 80; second++)
        {
            scene.Clock.Advance(TimeSpan.FromSeconds(1));
            if (scene.Replica.Local.TakeOpenDue().Count > 0)
                Read(scene, young, isSettled: true);
        }
        Assert.Empty(scene.Replica.Local.AllOpen);
        Assert.Empty(Listed(new ReplicaScene(_store, isScanned: false), young));
    }

    /// <summary>Who began to write through a mapping is found some time later.</summary>
    [Theory]
    [InlineData(10, true)]
    [InlineData(70, false)]
    public void What_was_changed_within_the_last_minute_may_be_written_still(int secondsAgo, bool mayBe)
    {
        var scene = new ReplicaScene(_store);
        scene.JoinAt(1, File("mapped", "text", 1));
        Read(scene, Signature with { ModifiedNs = NowNs(scene) - secondsAgo * 1_000_000_000L }, isSettled: true);
        Assert.Equal(mayBe, scene.Replica.Local.AllOpen.Count > 0);
    }

    private static long NowNs(ReplicaScene scene) => (scene.Clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    private static void Read(ReplicaScene scene, FileSignature signature, bool isSettled) => scene.Do(replica => replica.Observe(
        new Observation.Content(P("mapped"), new SeenFile(signature, C("text"), isSettled), IsStillOpen: false) { AreWritersUnknown = true }));

    private static void Read(ReplicaScene scene, bool isStillOpen)
    {
        scene.JoinAt(1, File("mapped", "text", 1));
        scene.Do(replica => replica.Observe(new Observation.Content(P("mapped"), new SeenFile(Signature, C("text"), IsSettled: true), isStillOpen)));
    }

    private static IReadOnlyList<RelativePath> Listed(ReplicaScene scene, FileSignature? signature = null) => scene.Replica.Observe(new Observation.Listing(
        RelativePath.Root, [new ListedItem(P("mapped"), new FileStat(FileKind.Regular, 1, signature ?? Signature, 0x1a4), IsLookedAtApart: false)]));
}
