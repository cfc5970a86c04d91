using Actors.Client.Files;
using Actors.Client.State;
using Actors.Client.Storage;
using Actors.Replication.Tree;
using static Actors.Client.Tests.State.ReplicaScene;

namespace Actors.Client.Tests.State;

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
        Assert.Empty(scene.Replica.TakeUntrusted(10));
        Assert.Empty(scene.Replica.TakeOpenDue());
        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([(P("mapped"), true)], scene.Replica.TakeOpenDue());
    }

    private static void Read(ReplicaScene scene, bool isStillOpen)
    {
        scene.JoinAt(1, File("mapped", "text", 1));
        scene.Do(replica => replica.Observe(new Observation.Content(P("mapped"), new SeenFile(Signature, C("text"), IsSettled: true), isStillOpen)));
    }

    private static IReadOnlyList<RelativePath> Listed(ReplicaScene scene) => scene.Replica.Observe(
        new Observation.Listing(RelativePath.Root, [new ListedItem(P("mapped"), new FileStat(FileKind.Regular, 1, Signature, 0x1a4), IsLookedAtApart: false)]));
}
