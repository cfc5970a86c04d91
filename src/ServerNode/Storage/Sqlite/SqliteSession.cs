using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Actors.Server.Storage.Sqlite;

/// <summary>A connection with its prepared statements. For one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    // Result codes of SQLite: https://sqlite.org/rescode.html
    private const int SqliteBusy = 5;
    private const int SqliteReadOnly = 8;
    private const int SqliteIoError = 10;
    private const int SqliteCorrupt = 11;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;
    private const int SqliteNotADatabase = 26;

    // SQLITE_FCNTL_HAS_MOVED: https://sqlite.org/c3ref/c_fcntl_begin_atomic_write.html
    private const int FileControlHasMoved = 20;

    private const int InstructionsBetweenCalls = 10_000;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _statements = [];

    public SqliteSession(string file, bool create, int cacheKiB)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            // A pooled connection would keep the file open behind the store's back.
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString());
        try
        {
            Guarded(_connection.Open);
            Execute($"PRAGMA cache_size = -{cacheKiB}; PRAGMA busy_timeout = 30000; PRAGMA temp_store = MEMORY;");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Another file, or none, lies under the name of the one that this is a connection to.</summary>
    public bool HasMoved
    {
        get
        {
            var hasMoved = 0;
            _ = FileControl(_connection.Handle!, null, FileControlHasMoved, ref hasMoved);
            return hasMoved != 0;
        }
    }

    /// <summary>Calls something again and again while a statement runs, until the answer is disposed of.</summary>
    public IDisposable CallMeanwhile(Action call)
    {
        SQLitePCL.raw.sqlite3_progress_handler(_connection.Handle, InstructionsBetweenCalls, _ => { call(); return 0; }, null);
        return new Ending(() => SQLitePCL.raw.sqlite3_progress_handler(_connection.Handle, 0, null, null));
    }

    /// <summary>Runs one or more statements, unprepared.</summary>
    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        Guarded(() => command.ExecuteNonQuery());
    }

    /// <summary>Runs a prepared statement with its parameters ($1, $2, …).</summary>
    public void Run(string sql, params ReadOnlySpan<object?> values)
    {
        var statement = Statement(sql, values);
        Guarded(() => statement.ExecuteNonQuery());
    }

    /// <summary>Rows of a prepared statement. The reader must be closed before the same statement is run again.</summary>
    public SqliteDataReader Query(string sql, params ReadOnlySpan<object?> values)
    {
        var statement = Statement(sql, values);
        return Guarded(statement.ExecuteReader);
    }

    /// <summary>The first column of the first row; the default value where there is none.</summary>
    public T? Scalar<T>(string sql, params ReadOnlySpan<object?> values)
    {
        var statement = Statement(sql, values);
        return Guarded(statement.ExecuteScalar) is T value ? value : default;
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _connection.Dispose();
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int FileControl(SQLitePCL.sqlite3 connection, byte[]? database, int operation, ref int value);

    private static T Guarded<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode is SqliteCorrupt or SqliteNotADatabase)
        {
            throw new StoreCorruptException($"the database is damaged: {fault.Message}", fault);
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode == SqliteFull)
        {
            throw new StoreUnavailableException("the disk is full", fault);
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode is SqliteIoError or SqliteReadOnly or SqliteBusy or SqliteCannotOpen)
        {
            throw new StoreUnavailableException($"the database cannot be used now: {fault.Message}", fault);
        }
    }

    private static void Guarded(Action call) =>
        Guarded(() =>
        {
            call();
            return 0;
        });

    private SqliteCommand Statement(string sql, params ReadOnlySpan<object?> values)
    {
        if (!_statements.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            _statements.Add(sql, command);
        }
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
