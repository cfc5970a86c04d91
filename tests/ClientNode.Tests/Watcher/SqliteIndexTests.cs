using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Client.FileSystem.Linux;
using Actors.Client.Tests.FileSystem;
using Actors.Client.Watcher;
using Actors.Messages.Tree;
using Microsoft.Data.Sqlite;

namespace Actors.Client.Tests.Watcher;

/// <summary>A SQLite database that a program uses in the replica.</summary>
public sealed class SqliteIndexTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly LinuxFileSystem _files;
    private readonly DiskObserver _observer;

    public SqliteIndexTests()
    {
        _files = LinuxFileSystem.Open(_directory.Path);
        _files.MakeDirectory(ReplicaLayout.Own);
        _observer = new DiskObserver(_files, _files.Probe(ReplicaLayout.Own), new TestClock(), new ObserverOptions(), () => { });
    }

    public void Dispose()
    {
        _observer.Dispose();
        _files.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void The_index_of_the_log_of_a_database_in_use_is_held_and_nothing_else_of_it()
    {
        using var connection = new SqliteConnection($"Data Source={_directory["app.db"]};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1);";
        command.ExecuteNonQuery();
        Assert.Contains("index of a SQLite database", Assert.IsType<Observation.Unfit>(Look("app.db-shm")).Reason);
        Assert.IsNotType<Observation.Unfit>(Look("app.db"));
        Assert.IsNotType<Observation.Unfit>(Look("app.db-wal"));
    }

    [Fact]
    public void A_file_of_such_a_name_beside_no_database_is_a_file()
    {
        _directory.Write("notes-shm", "notes of somebody");
        Assert.IsType<Observation.Content>(Look("notes-shm"));
        _directory.Write("notes", "no database at all, but long enough to be one");
        Assert.IsType<Observation.Content>(Look("notes-shm"));
    }

    private Observation Look(string path)
    {
        _observer.Look(RelativePath.Parse(path));
        var seen = new List<Observation>();
        while (_observer.HasWork)
            seen.AddRange(_observer.Next(10));
        return Assert.Single(seen);
    }
}
