namespace Actors.Server.Storage.Sqlite;

/// <summary>
/// A store in one SQLite file (write-ahead log, synchronous=FULL: a commit is on disk when it returns). The writer's
/// connection is thrown away after a failure, because what SQLite holds in memory then is not what the disk holds.
/// </summary>
public sealed class SqliteShareStore : IShareStore
{
    private readonly string _file;
    private readonly int _cacheKiB;
    private SqliteSession? _writer;
    private SqliteTransaction? _open;

    private SqliteShareStore(string file, int cacheKiB)
    {
        _file = file;
        _cacheKiB = cacheKiB;
    }

    /// <summary>Opens the store in a file, and makes it where there is none.</summary>
    /// <param name="file">The path of the database file; its directory exists.</param>
    /// <param name="cacheKiB">Memory for pages, for each connection.</param>
    /// <exception cref="StoreUnavailableException">The file cannot be opened or written.</exception>
    /// <exception cref="StoreCorruptException">It is no database, or one of another version.</exception>
    public static SqliteShareStore Open(string file, int cacheKiB = 4096)
    {
        var store = new SqliteShareStore(file, cacheKiB);
        try
        {
            store._writer = store.Connect();
            store.Prepare();
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public IShareReader OpenReader() => new SqliteReader(new SqliteSession(_file, create: false, _cacheKiB));

    public IStoreTransaction Begin()
    {
        if (_open is not null)
            throw new InvalidOperationException("a transaction is open already");
        _writer ??= Connect();
        try
        {
            _writer.Execute("BEGIN IMMEDIATE");
        }
        catch
        {
            DropWriter();
            throw;
        }
        return _open = new SqliteTransaction(_writer, this);
    }

    // One process owns the data directory, so nobody else commits.
    public IDisposable OnCommittedElsewhere(Action<ShareHead> notice) => Silence.Instance;

    public void Dispose() => DropWriter();

    internal void End(SqliteTransaction transaction, bool committed)
    {
        if (_open != transaction)
            return;
        _open = null;
        if (committed)
            return;
        try
        {
            _writer?.Execute("ROLLBACK");
        }
        catch (Exception fault) when (fault is Microsoft.Data.Sqlite.SqliteException or StoreUnavailableException)
        {
            // SQLite rolls back by itself on some failures, and then there is nothing left to roll back.
            DropWriter();
        }
    }

    private SqliteSession Connect()
    {
        var session = new SqliteSession(_file, create: true, _cacheKiB);
        session.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1000;");
        return session;
    }

    private void Prepare()
    {
        var version = _writer!.Scalar<long>("PRAGMA user_version");
        if (version == 0 && _writer.Scalar<long>("SELECT count(*) FROM sqlite_schema") == 0)
            _writer.Execute($"BEGIN IMMEDIATE; {SqliteSchema.Create} PRAGMA user_version = {SqliteSchema.Version}; COMMIT;");
        else if (version == 1)
            _writer.Execute($"BEGIN IMMEDIATE; {SqliteSchema.AddUploadMarks} PRAGMA user_version = {SqliteSchema.Version}; COMMIT;");
        else if (version != SqliteSchema.Version)
            throw new StoreCorruptException($"{_file} has schema version {version}; this server reads version {SqliteSchema.Version}");
    }

    private void DropWriter()
    {
        _writer?.Dispose();
        _writer = null;
        _open = null;
    }

    private sealed class Silence : IDisposable
    {
        public static readonly Silence Instance = new();

        public void Dispose()
        {
        }
    }
}
