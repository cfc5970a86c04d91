using Actors.Client.Storage;
using Actors.Client.Tests.Storage;
using Actors.Lab.Storage;
using Actors.Lab.World.Disks;
using Actors.Messages.Changes;
using Actors.Messages.Tree;

namespace Actors.Lab.Tests.Storage;

public sealed class SimulatedReplicaStoreTests : ReplicaStoreContract
{
    private readonly StorageScene _scene = new();
    private SimulatedReplicaStore _store;

    public SimulatedReplicaStoreTests() => _store = Open();

    protected override IReplicaStore Store => _store;

    [Fact]
    public void A_second_process_cannot_write_the_same_state()
    {
        var fault = Assert.Throws<ReplicaStoreException>(() => SimulatedReplicaStore.Open(_scene.Machine.Disk.StartProcess("other"), "data/state.db", _scene.Table));
        Assert.False(fault.IsDiskFull);
    }

    [Fact]
    public void A_server_s_store_is_not_a_replica_s_state()
    {
        using (var other = SimulatedShareStore.Open(_scene.Process, "data/server.db", _scene.Table))
        {
            using var transaction = other.Begin();
            transaction.NextSession();
            transaction.Commit();
        }
        Assert.Throws<ReplicaStoreException>(() => SimulatedReplicaStore.Open(_scene.Process, "data/server.db", _scene.Table));
    }

    [Theory]
    [InlineData(DiskOperation.Sync, DiskError.InputOutput, false)]
    [InlineData(DiskOperation.Write, DiskError.NoSpace, true)]
    internal void A_commit_that_fails_says_whether_the_disk_is_full_and_leaves_the_former_state(DiskOperation failing, DiskError error, bool isDiskFull)
    {
        _store.Commit(new ReplicaChanges { Name = "before" });
        _scene.Fault = (failing, error);
        Assert.Equal(isDiskFull, Assert.Throws<ReplicaStoreException>(() => _store.Commit(new ReplicaChanges { Name = "never" })).IsDiskFull);
        Assert.Equal("before", _store.ReadFacts().Name);
        _scene.Fault = null;
        _store.Commit(new ReplicaChanges { LastCounter = 4 });
        Crash();
        Assert.Equal(("before", 4UL), (_store.ReadFacts().Name, _store.ReadFacts().LastCounter));
    }

    [Fact]
    public void A_disk_that_fills_stops_commits_until_there_is_room()
    {
        var disk = _scene.Machine.Disk;
        disk.CapacityBytes = disk.UsedBytes + 2_000;
        var committed = 0UL;
        var fault = Assert.Throws<ReplicaStoreException>(() =>
        {
            for (committed = 0; committed < 100; committed++)
                _store.Commit(new ReplicaChanges { LastCounter = committed + 1 });
        });
        Assert.True(fault.IsDiskFull);
        Assert.InRange(committed, 1UL, 99UL);
        Crash();
        Assert.Equal(committed, _store.ReadFacts().LastCounter);
        disk.CapacityBytes += 1_000_000;
        _store.Commit(new ReplicaChanges { LastCounter = 1_000 });
        Assert.Equal(1_000UL, _store.ReadFacts().LastCounter);
    }

    [Fact]
    public void A_copy_goes_its_own_way()
    {
        _store.Commit(new ReplicaChanges { Name = "both", LastCounter = 1 });
        _scene.Copy("data/state.db", "data/copy.db");
        using var copy = SimulatedReplicaStore.Open(_scene.Process, "data/copy.db", _scene.Table);
        Assert.Equal("both", copy.ReadFacts().Name);
        copy.Commit(new ReplicaChanges { Name = "copy" });
        _store.Commit(new ReplicaChanges { LastCounter = 2 });
        Assert.Equal(("both", 2UL), (_store.ReadFacts().Name, _store.ReadFacts().LastCounter));
        Assert.Equal(("copy", 1UL), (copy.ReadFacts().Name, copy.ReadFacts().LastCounter));
    }

    [Fact]
    public void Content_that_rides_along_with_a_push_is_not_stored()
    {
        PathChange[] changes = [new(P("a"), 0, EntryState.Folder) { Inline = new byte[3] }];
        var push = new ReplicaChanges();
        push.Pushes.Add(new StoredPush(1, default, changes));
        _store.Commit(push);
        Assert.Null(Assert.Single(Assert.Single(_store.ReadPushes()).Changes).Inline);
        Assert.Throws<ReplicaStoreException>(() => _store.Commit(push));
    }

    protected override void Crash()
    {
        _scene.LosePower();
        _store = Open();
    }

    private SimulatedReplicaStore Open() => SimulatedReplicaStore.Open(_scene.Process, "data/state.db", _scene.Table);
}
