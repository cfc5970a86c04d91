using Actors.Server.Storage;
using Actors.Server.Storage.Sqlite;

namespace Actors.Server.Tests.Storage;

public sealed class SqliteShareStoreTests : ShareStoreContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_file_that_is_no_database_is_refused()
    {
        File.WriteAllText(_directory.File("server.db"), new string('x', 10_000));
        Assert.Throws<StoreCorruptException>(Open);
    }

    [Fact]
    public void A_store_in_a_place_that_cannot_be_written_says_so()
    {
        Assert.Throws<StoreUnavailableException>(() => SqliteShareStore.Open(_directory.File("missing/server.db")));
    }

    [Fact]
    public void A_store_whose_directory_is_moved_away_takes_nothing_until_it_is_back_and_begins_no_other()
    {
        var (place, elsewhere) = (_directory.File("data"), _directory.File("elsewhere"));
        Directory.CreateDirectory(place);
        using var store = SqliteShareStore.Open(Path.Combine(place, "server.db"));
        Write(store);

        Directory.Move(place, elsewhere);
        Assert.Throws<StoreUnavailableException>(store.CheckPlace);
        Assert.Contains(place, Assert.Throws<StoreUnavailableException>(() => Write(store)).Message);
        Directory.CreateDirectory(place);
        Assert.Throws<StoreUnavailableException>(() => Write(store));
        Assert.Empty(Directory.GetFileSystemEntries(place));

        Directory.Delete(place);
        Directory.Move(elsewhere, place);
        store.CheckPlace();
        Assert.Equal(2UL, Write(store));
    }

    [Fact]
    public void Whether_there_is_room_is_tried_and_leaves_nothing_behind()
    {
        using var store = Open();
        var before = Directory.GetFiles(_directory.Path);
        store.CheckRoom(3 << 20);
        Assert.Equal(before.Order(), Directory.GetFiles(_directory.Path).Order());
        Directory.CreateDirectory(_directory.File("server.db-room"));
        Assert.Throws<StoreUnavailableException>(() => store.CheckRoom(1));
    }

    [Fact]
    public void What_would_leave_less_than_the_reserve_free_is_refused_with_the_reason()
    {
        var free = new DriveInfo(_directory.Path).AvailableFreeSpace;
        using var store = SqliteShareStore.Open(_directory.File("server.db"), reserveBytes: free / 2);
        store.CheckReserve(1);
        var refused = Assert.Throws<StoreUnavailableException>(() => store.CheckReserve(free * 3 / 4));
        Assert.Contains($"{free / 2 >> 20} MiB of disk-reserve", refused.Message);
        Assert.Throws<StoreUnavailableException>(() => store.CheckRoom(free * 3 / 4));
    }

    [Fact]
    public void A_commit_to_a_directory_that_was_removed_meanwhile_is_none()
    {
        var place = _directory.File("data");
        Directory.CreateDirectory(place);
        using var store = SqliteShareStore.Open(Path.Combine(place, "server.db"));
        using var transaction = store.Begin();
        transaction.NextSession();
        Directory.Delete(place, recursive: true);
        Assert.Throws<StoreUnavailableException>(transaction.Commit);
    }

    [Fact]
    public void A_copy_of_the_files_at_any_instant_opens_at_a_whole_commit()
    {
        using var store = Open();
        for (var i = 0; i < 20; i++)
        {
            using var transaction = store.Begin();
            transaction.PutPart(Actors.Messages.Content.ContentHash.Of([(byte)i]), [(byte)i]);
            // What a crash would leave: pages of an open transaction, and of closed ones that no checkpoint has moved.
            AssertCopyHolds(i);
            transaction.Commit();
            AssertCopyHolds(i + 1);
        }
    }

    [Fact]
    public void A_file_of_the_version_before_is_taken_over()
    {
        Open().Dispose();
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_directory.File("server.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "DROP TABLE upload_marks; DROP TABLE named_parts; PRAGMA user_version = 1;";
            command.ExecuteNonQuery();
        }
        using var store = Open();
        using var transaction = store.Begin();
        Assert.Equal(0, transaction.ForgetUploads(1, 0));
    }

    protected override IShareStore Open() => SqliteShareStore.Open(_directory.File("server.db"));

    private static ulong Write(SqliteShareStore store)
    {
        using var transaction = store.Begin();
        var session = transaction.NextSession();
        transaction.Commit();
        return session;
    }

    private void AssertCopyHolds(int parts)
    {
        using var copies = new TemporaryDirectory();
        foreach (var name in new[] { "server.db", "server.db-wal" })
            File.Copy(_directory.File(name), copies.File(name));
        using var copy = SqliteShareStore.Open(copies.File("server.db"));
        using var reader = copy.OpenReader();
        using var snapshot = reader.Snapshot();
        for (var i = 0; i < 20; i++)
            Assert.Equal(i < parts, snapshot.PartLength(Actors.Messages.Content.ContentHash.Of([(byte)i])) is not null);
    }
}
