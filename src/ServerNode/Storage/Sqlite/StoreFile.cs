namespace Actors.Server.Storage.Sqlite;

/// <summary>A store's file, for commands that read or copy it while a server may be running on it.</summary>
internal sealed class StoreFile : IDisposable
{
    private const string PartialSuffix = "-partial";
    private const int CacheKiB = 16_384;

    private readonly SqliteSession _session;

    private StoreFile(SqliteSession session) => _session = session;

    /// <exception cref="StoreUnavailableException">There is none, or it cannot be read.</exception>
    /// <exception cref="StoreCorruptException">It is no store, or one of another version.</exception>
    public static StoreFile Open(string file)
    {
        if (!File.Exists(file))
            throw new StoreUnavailableException($"there is no {file}");
        var session = new SqliteSession(file, create: false, CacheKiB);
        try
        {
            var version = session.Scalar<long>("PRAGMA user_version");
            return version == SqliteSchema.Version
                ? new StoreFile(session)
                : throw new StoreCorruptException($"{file} has schema version {version}, and this command reads version {SqliteSchema.Version}: a server of the newer version changes the older one when it starts");
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>A database of this name is there, or something that would be taken for a part of it.</summary>
    public static bool IsAnyOf(string file) => ((string[])["", "-wal", "-shm", "-journal"]).Any(suffix => File.Exists(file + suffix));

    /// <summary>What the database itself finds wrong with its pages and indexes; at most a hundred findings.</summary>
    public IReadOnlyList<string> Damage()
    {
        using var rows = _session.Query("PRAGMA integrity_check(100)");
        var damage = new List<string>();
        while (rows.Read())
            damage.Add(rows.GetString(0));
        return damage is ["ok"] ? [] : damage;
    }

    /// <summary>What is committed now. One at a time.</summary>
    public IShareSnapshot Snapshot()
    {
        _session.Execute("BEGIN");
        return new SqliteSnapshot(_session);
    }

    /// <summary>
    /// Writes all that is committed now to a new file. It gets its name when it is whole and on disk; what a process that
    /// was killed has left is overwritten.
    /// </summary>
    /// <param name="target">In a directory that exists.</param>
    /// <param name="moved">Called again and again, with the bytes that are written.</param>
    /// <param name="prepare">Changes the copy before it gets its name.</param>
    /// <exception cref="StoreUnavailableException">It cannot be written.</exception>
    /// <exception cref="IOException">The same.</exception>
    public void CopyTo(string target, Action<long> moved, Action<string> prepare)
    {
        var partial = target + PartialSuffix;
        var isNamed = false;
        try
        {
            File.Delete(partial);
            using (_session.CallMeanwhile(() => moved(new FileInfo(partial) is { Exists: true } file ? file.Length : 0)))
                _session.Run("VACUUM INTO $1", partial);
            prepare(partial);
            using (var file = new FileStream(partial, FileMode.Open, FileAccess.ReadWrite))
                file.Flush(flushToDisk: true);
            File.Move(partial, target);
            isNamed = true;
            MakeNameDurable(target);
            isNamed = false;
        }
        finally
        {
            File.Delete(isNamed ? target : partial);
        }
    }

    public void Dispose() => _session.Dispose();

    /// <summary>
    /// The framework cannot sync a directory. SQLite does so for its journal: https://sqlite.org/pragma.html#pragma_synchronous
    /// </summary>
    private static void MakeNameDurable(string file)
    {
        using var session = new SqliteSession(file, create: false, cacheKiB: 1);
        session.Execute($"PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA user_version = {SqliteSchema.Version};");
    }
}
