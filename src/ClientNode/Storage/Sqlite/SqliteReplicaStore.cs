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
