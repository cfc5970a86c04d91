using Actors.Messages.Tree;
using Microsoft.Data.Sqlite;

namespace Actors.Client.Storage.Sqlite;

/// <summary>A replica's state in one SQLite file: write-ahead log, synced at every commit, one process only.</summary>
public sealed class SqliteReplicaStore : IReplicaStore
{
    private const int DiskFull = 13;

    private readonly SqliteConnection _connection;
    private readonly ReplicaReader _reader;
    private readonly ReplicaWriter _writer;

    private SqliteReplicaStore(SqliteConnection connection)
    {
        _connection = connection;
        _reader = new ReplicaReader(connection);
        _writer = new ReplicaWriter(connection);
    }

    /// <exception cref="ReplicaStoreException">The file cannot be opened, or is not a replica's state.</exception>
    public static SqliteReplicaStore Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            connection.Open();
            ReplicaSchema.Prepare(connection);
            return new SqliteReplicaStore(connection);
        }
        catch (Exception e)
        {
            connection.Dispose();
            if (e is SqliteException fault)
                throw Failure($"the state in {path} cannot be opened", fault);
            throw;
        }
    }

    public ReplicaFacts ReadFacts() => Reading(_reader.Facts);

    public IEnumerable<TreeEntry> ReadSynced() => _reader.Synced();

    public IEnumerable<(RelativePath Path, SeenFile File)> ReadSeen() => _reader.Seen();

    public IReadOnlyList<StoredPush> ReadPushes() => Reading(_reader.Pushes);

    public IReadOnlyList<Intent> ReadIntents() => Reading(_reader.Intents);

    public IReadOnlyList<DisplacedFile> ReadDisplaced() => Reading(_reader.Displaced);

    public void Commit(ReplicaChanges changes)
    {
        if (changes.IsEmpty)
            return;
        try
        {
            using var transaction = _connection.BeginTransaction();
            _writer.Write(changes, transaction);
            transaction.Commit();
        }
        catch (SqliteException e)
        {
            throw Failure("the state cannot be written", e);
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        _connection.Dispose();
    }

    private static T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SqliteException e)
        {
            throw Failure("the state cannot be read", e);
        }
    }

    private static ReplicaStoreException Failure(string what, SqliteException e) =>
        new($"{what}: {e.Message}", e.SqliteErrorCode == DiskFull, e);
}

internal static class ReplicaSchema
{
    private const long ApplicationId = 0x41635265; // "AcRe"
    private const long Version = 2;

    // Without a shared-memory file, because only one process ever opens this one.
    private const string Settings = """
        PRAGMA locking_mode = EXCLUSIVE;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA temp_store = MEMORY;
        PRAGMA foreign_keys = OFF;
        """;

    // Copies are paths joined by NUL bytes.
    // Columns kind, hash, size and root are an entry's state: 1 folder, 2 file, 3 file as snapshot of an open file.
    private const string Tables = """
        CREATE TABLE replica (
            row INTEGER PRIMARY KEY CHECK (row = 1), node BLOB, incarnation INTEGER, machine TEXT, device INTEGER, inode INTEGER,
            epoch BLOB, cursor INTEGER, chain BLOB, last_counter INTEGER NOT NULL, name TEXT NOT NULL,
            newest_epoch BLOB, newest_seq INTEGER, newest_chain BLOB);
        INSERT INTO replica (row, last_counter, name) VALUES (1, 0, '');
        CREATE TABLE synced (
            path BLOB PRIMARY KEY, version INTEGER NOT NULL, author INTEGER NOT NULL, committed_at INTEGER NOT NULL,
            kind INTEGER NOT NULL, hash BLOB, size INTEGER, root BLOB) WITHOUT ROWID;
        CREATE TABLE seen (
            path BLOB PRIMARY KEY, inode INTEGER NOT NULL, modified INTEGER NOT NULL, changed INTEGER NOT NULL,
            settled INTEGER NOT NULL, hash BLOB NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE pushes (counter INTEGER PRIMARY KEY, digest BLOB NOT NULL, changes BLOB NOT NULL, copies BLOB NOT NULL);
        CREATE TABLE intents (
            id INTEGER PRIMARY KEY, entry BLOB NOT NULL, expected BLOB NOT NULL, copy_name BLOB NOT NULL, copy_owed INTEGER NOT NULL);
        CREATE TABLE displaced (id INTEGER PRIMARY KEY, path BLOB NOT NULL, known BLOB NOT NULL, copy_name BLOB NOT NULL);
        """;

    // Format 1 did not know the newest place; what lies beyond its cursor cannot be told any more.
    private const string FromFormat1 = """
        ALTER TABLE replica ADD COLUMN newest_epoch BLOB;
        ALTER TABLE replica ADD COLUMN newest_seq INTEGER;
        ALTER TABLE replica ADD COLUMN newest_chain BLOB;
        UPDATE replica SET newest_epoch = epoch, newest_seq = cursor, newest_chain = chain;
        """;

    public static void Prepare(SqliteConnection connection)
    {
        Execute(connection, Settings);
        var application = Number(connection, "PRAGMA application_id");
        if (application == ApplicationId && Number(connection, "PRAGMA user_version") is var version)
        {
            if (version == 1)
                Execute(connection, $"BEGIN IMMEDIATE; {FromFormat1} PRAGMA user_version = {Version}; COMMIT;");
            else if (version != Version)
                throw new ReplicaStoreException($"the replica's state has format {version}; this program knows format {Version}", isDiskFull: false);
            return;
        }
        if (Number(connection, "SELECT count(*) FROM sqlite_master") != 0)
            throw new ReplicaStoreException("the file is not the state of a replica", isDiskFull: false);
        Execute(connection, $"BEGIN IMMEDIATE; {Tables} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}; COMMIT;");
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this class only
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this class only
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }
}
