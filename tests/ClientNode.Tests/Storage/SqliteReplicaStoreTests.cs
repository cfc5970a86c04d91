using System.Diagnostics.CodeAnalysis;
using Actors.Client.Storage;
using Actors.Client.Storage.Sqlite;
using Actors.Client.Tests.FileSystem;
using Actors.Messages.History;
using Actors.NodeShell;
using Microsoft.Data.Sqlite;

namespace Actors.Client.Tests.Storage;

[SuppressMessage("Design", "CA1063", Justification = "a test class")]
public sealed class SqliteReplicaStoreTests : ReplicaStoreContract
{
    private readonly TempDirectory _directory = new();
    private int _copies;
    private SqliteReplicaStore _store;

    public SqliteReplicaStoreTests() => _store = SqliteReplicaStore.Open(_directory["state.db"]);

    protected override IReplicaStore Store => _store;

    // What a killed process leaves: the files as they are, without an orderly end.
    protected override void Crash()
    {
        var copy = $"copy-{++_copies}.db";
        foreach (var suffix in (string[])["", "-wal"])
            File.Copy(_directory[(_copies == 1 ? "state.db" : $"copy-{_copies - 1}.db") + suffix], _directory[copy + suffix]);
        var crashed = _store;
        _store = SqliteReplicaStore.Open(_directory[copy]);
        crashed.Dispose();
    }

    public override void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
        base.Dispose();
    }

    [Fact]
    public void A_path_may_be_as_long_as_is_said_and_no_longer()
    {
        var directory = _directory[new string('d', 230)];
        var longest = Path.Combine(directory, new string('e', DatabasePath.BytesMax - directory.Length - 12), "f.database");
        Assert.Equal(DatabasePath.BytesMax, longest.Length);
        Directory.CreateDirectory(Path.GetDirectoryName(longest)!);
        DatabasePath.Check(longest, "here");
        SqliteReplicaStore.Open(longest).Dispose();
        Assert.Throws<UsageException>(() => DatabasePath.Check(longest + "s", "here"));
        Assert.Throws<ReplicaStoreException>(() => SqliteReplicaStore.Open(longest + "s"));
    }

    [Fact]
    public void A_file_that_is_something_else_is_refused()
    {
        _directory.Write("other", "this is not a database, but long enough to be looked at as one");
        Assert.Throws<ReplicaStoreException>(() => SqliteReplicaStore.Open(_directory["other"]));
    }

    [Fact]
    public void A_state_of_format_1_knows_its_cursor_as_the_newest_place()
    {
        var position = new SharePosition(new EpochId(5), 99, default);
        _store.Commit(new ReplicaChanges { Position = position });
        _store.Dispose();
        using (var connection = new SqliteConnection($"Data Source={_directory["state.db"]};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = """
                ALTER TABLE replica DROP COLUMN newest_epoch;
                ALTER TABLE replica DROP COLUMN newest_seq;
                ALTER TABLE replica DROP COLUMN newest_chain;
                PRAGMA user_version = 1;
                """;
            command.ExecuteNonQuery();
        }
        _store = SqliteReplicaStore.Open(_directory["state.db"]);
        Assert.Equal(new ReplicaFacts(null, position, position, 0, ""), _store.ReadFacts());
    }

    [Fact]
    public void A_second_process_cannot_write_the_same_state()
    {
        _store.Commit(new ReplicaChanges { Name = "first" });
        Assert.Throws<ReplicaStoreException>(() => SqliteReplicaStore.Open(_directory["state.db"]));
    }
}
