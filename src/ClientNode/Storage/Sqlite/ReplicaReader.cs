using Actors.Client.FileSystem;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Microsoft.Data.Sqlite;

namespace Actors.Client.Storage.Sqlite;

internal sealed class ReplicaReader(SqliteConnection connection)
{
    public ReplicaFacts Facts()
    {
        using var command = Command(
            "SELECT node, incarnation, machine, device, inode, epoch, cursor, chain, last_counter, name, newest_epoch, newest_seq, newest_chain FROM replica");
        using var row = command.ExecuteReader();
        row.Read();
        ReplicaIdentity? identity = null;
        if (!row.IsDBNull(0) && NodeId.TryRead(Bytes(row, 0), out var node))
            identity = new ReplicaIdentity(node, (ulong)row.GetInt64(1), row.GetString(2), (ulong)row.GetInt64(3), (ulong)row.GetInt64(4));
        return new ReplicaFacts(identity, Position(row, 5), Position(row, 10), (ulong)row.GetInt64(8), row.GetString(9));
    }

    public IEnumerable<TreeEntry> Synced()
    {
        using var command = Command("SELECT path, version, author, committed_at, kind, hash, size, root FROM synced ORDER BY path");
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            var kind = row.GetInt64(4);
            var state = kind == 1
                ? EntryState.Folder
                : EntryState.File(new ContentRef(new ContentHash(Bytes(row, 5)), row.GetInt64(6), new ContentHash(Bytes(row, 7))));
            yield return new TreeEntry(RelativePath.Parse(Bytes(row, 0)), state, (ulong)row.GetInt64(1))
            {
                Author = (uint)row.GetInt64(2),
                CommittedAtUs = row.GetInt64(3),
                SnapshotOfOpenFile = kind == 3,
            };
        }
    }

    public IEnumerable<(RelativePath Path, SeenFile File)> Seen()
    {
        using var command = Command("SELECT path, inode, modified, changed, settled, hash, size, root FROM seen");
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            var size = row.GetInt64(6);
            var signature = new FileSignature((ulong)row.GetInt64(1), size, row.GetInt64(2), row.GetInt64(3));
            var content = new ContentRef(new ContentHash(Bytes(row, 5)), size, new ContentHash(Bytes(row, 7)));
            yield return (RelativePath.Parse(Bytes(row, 0)), new SeenFile(signature, content, row.GetInt64(4) != 0));
        }
    }

    public IReadOnlyList<StoredPush> Pushes() => List(
        "SELECT counter, digest, changes, copies FROM pushes ORDER BY counter",
        row => new StoredPush((ulong)row.GetInt64(0), new ContentHash(Bytes(row, 1)), StateCodec.DecodeChanges(Bytes(row, 2)))
        {
            Copies = StateCodec.DecodePaths(Bytes(row, 3)),
        });

    public IReadOnlyList<Intent> Intents() => List(
        "SELECT id, entry, expected, copy_name, copy_owed FROM intents ORDER BY id",
        row => new Intent(
            row.GetInt64(0),
            StateCodec.DecodeEntry(Bytes(row, 1)),
            StateCodec.DecodeEntry(Bytes(row, 2)).State,
            RelativePath.Parse(Bytes(row, 3)),
            row.GetInt64(4) != 0));

    public IReadOnlyList<DisplacedFile> Displaced() => List(
        "SELECT id, path, known, copy_name FROM displaced ORDER BY id",
        row => new DisplacedFile(
            row.GetInt64(0),
            RelativePath.Parse(Bytes(row, 1)),
            StateCodec.DecodeEntry(Bytes(row, 2)).State,
            RelativePath.Parse(Bytes(row, 3))));

    /// <summary>From three columns: epoch, commit, chain hash.</summary>
    private static SharePosition? Position(SqliteDataReader row, int column) =>
        !row.IsDBNull(column) && EpochId.TryRead(Bytes(row, column), out var epoch)
            ? new SharePosition(epoch, (ulong)row.GetInt64(column + 1), new ContentHash(Bytes(row, column + 2)))
            : null;

    private List<T> List<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var command = Command(sql);
        using var row = command.ExecuteReader();
        var rows = new List<T>();
        while (row.Read())
            rows.Add(read(row));
        return rows;
    }

    private SqliteCommand Command(string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this class only
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    private static byte[] Bytes(SqliteDataReader row, int column) => row.GetFieldValue<byte[]>(column);
}
