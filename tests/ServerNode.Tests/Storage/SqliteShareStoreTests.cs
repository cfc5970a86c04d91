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
    public void A_copy_of_the_files_at_any_instant_opens_at_a_whole_commit()
    {
        using var store = Open();
        for (var i = 0; i < 20; i++)
        {
            using var transaction = store.Begin();
            transaction.PutPart(Actors.Replication.Content.ContentHash.Of([(byte)i]), [(byte)i]);
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

    private void AssertCopyHolds(int parts)
    {
        using var copies = new TemporaryDirectory();
        foreach (var name in new[] { "server.db", "server.db-wal" })
            File.Copy(_directory.File(name), copies.File(name));
        using var copy = SqliteShareStore.Open(copies.File("server.db"));
        using var reader = copy.OpenReader();
        using var snapshot = reader.Snapshot();
        for (var i = 0; i < 20; i++)
            Assert.Equal(i < parts, snapshot.PartLength(Actors.Replication.Content.ContentHash.Of([(byte)i])) is not null);
    }
}
