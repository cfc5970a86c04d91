namespace Actors.Server.Storage.Sqlite;

/// <summary>
/// A store in one SQLite file (write-ahead log, synchronous=FULL: a commit is on disk when it returns). The writer's
/// connection is thrown away after a failure, because what SQLite holds in memory then is not what the disk holds.
/// </summary>
public sealed class SqliteShareStore : IShareStore
{
    private const string RoomSuffix = "-room";

    private readonly string _file;
    private readonly int _cacheKiB;
    private readonly long _reserveBytes;

    // Held open from the beginning: it knows whether another file, or none, lies under the name meanwhile.
    private SqliteSession? _place;
    private SqliteSession? _writer;
    private SqliteTransaction? _open;

    private SqliteShareStore(string file, int cacheKiB, long reserveBytes)
    {
        _file = file;
        _cacheKiB = cacheKiB;
        _reserveBytes = reserveBytes;
    }

    /// <summary>Opens the store in a file, and makes it where there is none.</summary>
    /// <param name="file">The path of the database file; its directory exists.</param>
    /// <param name="cacheKiB">Memory for pages, for each connection.</param>
    /// <param name="reserveBytes">What content leaves free of the disk.</param>
    /// <exception cref="StoreUnavailableException">The file cannot be opened or written.</exception>
    /// <exception cref="StoreCorruptException">It is no database, or one of another version.</exception>
    public static SqliteShareStore Open(string file, int cacheKiB = 4096, long reserveBytes = 0)
    {
        var store = new SqliteShareStore(file, cacheKiB, reserveBytes);
        try
        {
            store._writer = store.Connect(create: true);
            store._place = new SqliteSession(file, create: false, cacheKiB: 1);
            // Left by a process that was killed while it tried.
            File.Delete(file + RoomSuffix);
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
        CheckPlace();
        _writer ??= Connect(create: false);
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

    public void CheckPlace()
    {
        if (_place!.HasMoved)
            throw new StoreUnavailableException($"its directory, {Path.GetDirectoryName(_file)}, was removed, moved or replaced; put it back, or end the server and start it again");
    }

    // Written for good: what a disk says is free need not be free for this user.
    public void CheckRoom(long bytes)
    {
        CheckPlace();
        CheckReserve(bytes);
        try
        {
            using var file = new FileStream(_file + RoomSuffix, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            var zeros = new byte[64 << 10];
            // Pages and indexes take more than what is in them.
            for (var left = bytes + bytes / 4 + zeros.Length; left > 0; left -= zeros.Length)
                file.Write(zeros);
            file.Flush(flushToDisk: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"there is no room for what waits to be written: {fault.Message}", fault);
        }
    }

    public void CheckReserve(long bytes)
    {
        if (FreeBytes() - bytes < _reserveBytes)
            throw new StoreUnavailableException($"its disk would have less left than the {_reserveBytes >> 20} MiB of disk-reserve: make room on it");
    }

    public void Dispose()
    {
        DropWriter();
        _place?.Dispose();
    }

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

    private SqliteSession Connect(bool create)
    {
        var session = new SqliteSession(_file, create, _cacheKiB);
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

    /// <summary>Very many where that cannot be told: a write will tell.</summary>
    private long FreeBytes()
    {
        try
        {
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(_file)! : Path.GetDirectoryName(_file)!).AvailableFreeSpace;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue;
        }
    }

    private void DropWriter()
    {
        _writer?.Dispose();
        _writer = null;
        _open = null;
    }
}

/// <summary>The tables. Numbers that the domain has unsigned are stored as their signed counterparts.</summary>
internal static class SqliteSchema
{
    /// <summary>Kept in the file's user_version; a file of another version is refused.</summary>
    public const int Version = 2;

    /// <summary>From version 1 to version 2.</summary>
    public const string AddUploadMarks = """
        -- Where parts and commits stood at a time. What is between two marks and named by no commit is an upload that was
        -- never committed; the oldest mark says how far that was looked at.
        CREATE TABLE upload_marks (
            at INTEGER NOT NULL, share INTEGER NOT NULL, seq INTEGER NOT NULL, part INTEGER NOT NULL,
            PRIMARY KEY (at, share)) WITHOUT ROWID;
        -- Of use only within one transaction: too large for memory where much was committed.
        CREATE TABLE named_parts (hash BLOB PRIMARY KEY) WITHOUT ROWID;
        """;

    public const string Create = AddUploadMarks + """
        CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO counters VALUES ('session', 0), ('node', 0);

        -- Level, protocol and terms_version are the same for every share, and nothing reads them yet.
        CREATE TABLE shares (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, level TEXT NOT NULL, protocol TEXT NOT NULL,
            terms_version INTEGER NOT NULL);

        CREATE TABLE epochs (
            share INTEGER NOT NULL, ordinal INTEGER NOT NULL, id BLOB NOT NULL, began_after INTEGER NOT NULL,
            PRIMARY KEY (share, ordinal)) WITHOUT ROWID;

        -- The log: append-only. `changes` is an encoded Push that holds nothing but the changes, without content.
        CREATE TABLE commits (
            share INTEGER NOT NULL, seq INTEGER NOT NULL, author INTEGER NOT NULL, node BLOB NOT NULL, counter INTEGER NOT NULL,
            committed_at INTEGER NOT NULL, digest BLOB NOT NULL, chain BLOB NOT NULL, changes BLOB NOT NULL,
            PRIMARY KEY (share, seq)) WITHOUT ROWID;

        -- The newest version of each path. kind: 0 absent, 1 folder, 2 file, 3 file as snapshot of an open file.
        CREATE TABLE entries (
            share INTEGER NOT NULL, path BLOB NOT NULL, version INTEGER NOT NULL, kind INTEGER NOT NULL,
            hash BLOB, size INTEGER, root BLOB, author INTEGER NOT NULL, committed_at INTEGER NOT NULL,
            PRIMARY KEY (share, path)) WITHOUT ROWID;
        CREATE UNIQUE INDEX entries_by_version ON entries (share, version, path);
        -- Deletions stay as entries: without this, asking what lives below a directory would wade through them.
        CREATE INDEX entries_alive ON entries (share, path) WHERE kind <> 0;

        -- Chunks and branches of chunk trees, by SHA-256.
        CREATE TABLE parts (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, bytes BLOB NOT NULL);
        -- Content of several chunks that is here whole.
        CREATE TABLE contents (root BLOB PRIMARY KEY, hash BLOB NOT NULL, size INTEGER NOT NULL) WITHOUT ROWID;

        CREATE TABLE nodes (
            id BLOB PRIMARY KEY, number INTEGER NOT NULL UNIQUE, name TEXT NOT NULL, incarnation INTEGER NOT NULL,
            instance INTEGER NOT NULL, session INTEGER NOT NULL, share INTEGER NOT NULL, settled_through INTEGER NOT NULL) WITHOUT ROWID;

        CREATE TABLE outcomes (
            node INTEGER NOT NULL, counter INTEGER NOT NULL, digest BLOB NOT NULL, seq INTEGER NOT NULL,
            reason INTEGER NOT NULL, text TEXT NOT NULL,
            PRIMARY KEY (node, counter)) WITHOUT ROWID;
        """;
}
