using Actors.Lab.Storage;
using Actors.Lab.World.Disks;
using Actors.Messages.Content;
using Actors.Server.Storage;
using Actors.Server.Tests.Storage;

namespace Actors.Lab.Tests.Storage;

public sealed class SimulatedShareStoreTests : ShareStoreContract
{
    private readonly StorageScene _scene = new();

    [Fact]
    public void A_file_that_is_no_database_is_refused()
    {
        using (var file = _scene.Process.Open("data/server.db", OpenModes.Write | OpenModes.Create))
            file.Write(0, new byte[] { 1, 2, 3 });
        Assert.Throws<StoreCorruptException>(Open);
    }

    [Fact]
    public void A_store_in_a_place_that_cannot_be_written_says_so()
    {
        Assert.Throws<StoreUnavailableException>(() => SimulatedShareStore.Open(_scene.Process, "missing/server.db", _scene.Table));
    }

    [Fact]
    public void A_store_whose_directory_is_moved_takes_nothing_until_it_is_back()
    {
        var store = Open();
        PutPart(store, 1);
        _scene.Process.Rename("data", "aside");
        Assert.Throws<StoreUnavailableException>(store.CheckPlace);
        Assert.Throws<StoreUnavailableException>(() => PutPart(store, 2));
        _scene.Process.Rename("aside", "data");
        store.CheckPlace();
        PutPart(store, 3);
        Assert.Equal([true, false, true], Has(store, 1, 2, 3));
    }

    [Fact]
    public void Power_lost_takes_nothing_that_was_committed_and_all_that_was_not()
    {
        var store = Open();
        PutPart(store, 1);
        using (var transaction = store.Begin())
        {
            transaction.PutPart(Hash(2), [2]);
            _scene.LosePower();
            Assert.Throws<ProcessKilledException>(transaction.Commit);
        }
        using var again = Open();
        Assert.Equal([true, false], Has(again, 1, 2));
    }

    [Theory]
    [InlineData(DiskOperation.Write, DiskError.NoSpace)]
    [InlineData(DiskOperation.Sync, DiskError.InputOutput)]
    internal void A_commit_that_fails_leaves_the_former_state_and_the_next_one_works(DiskOperation failing, DiskError error)
    {
        var store = Open();
        PutPart(store, 1);
        _scene.Fault = (failing, error);
        Assert.Throws<StoreUnavailableException>(() => PutPart(store, 2));
        Assert.Equal([true, false], Has(store, 1, 2));
        _scene.Fault = null;
        PutPart(store, 3);
        _scene.LosePower();
        using var again = Open();
        Assert.Equal([true, false, true], Has(again, 1, 2, 3));
    }

    [Fact]
    public void Content_takes_its_room_on_the_disk()
    {
        using var store = Open();
        _scene.Machine.Disk.CapacityBytes = _scene.Machine.Disk.UsedBytes + 10_000;
        PutPart(store, 1);
        using var transaction = store.Begin();
        transaction.PutPart(Hash(2), new byte[20_000]);
        Assert.Throws<StoreUnavailableException>(transaction.Commit);
    }

    [Fact]
    public void A_backup_that_is_put_back_holds_what_it_held_and_goes_on_from_there()
    {
        using (var store = Open())
        {
            PutPart(store, 1);
            _scene.Copy("data/server.db", "data/backup.db");
            PutPart(store, 2);
        }
        _scene.Copy("data/backup.db", "data/server.db");
        using var restored = Open();
        PutPart(restored, 3);
        Assert.Equal([true, false, true], Has(restored, 1, 2, 3));
    }

    [Fact]
    public void A_snapshot_is_not_moved_by_later_commits()
    {
        using var store = Open();
        using var reader = store.OpenReader();
        using var snapshot = reader.Snapshot();
        PutPart(store, 1);
        Assert.Null(snapshot.PartLength(Hash(1)));
        Assert.Throws<InvalidOperationException>(() =>
        {
            using var first = store.Begin();
            store.Begin();
        });
    }

    protected override IShareStore Open() => SimulatedShareStore.Open(_scene.Process, "data/server.db", _scene.Table);

    private static ContentHash Hash(byte part) => ContentHash.Of([part]);

    private static void PutPart(IShareStore store, byte part)
    {
        using var transaction = store.Begin();
        transaction.PutPart(Hash(part), [part]);
        transaction.Commit();
    }

    private static bool[] Has(IShareStore store, params byte[] parts)
    {
        using var reader = store.OpenReader();
        using var snapshot = reader.Snapshot();
        return [.. parts.Select(part => snapshot.ReadPart(Hash(part)) is not null)];
    }
}
