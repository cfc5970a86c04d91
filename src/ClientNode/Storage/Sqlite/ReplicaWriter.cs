using Actors.Messages.Content;
using Actors.Messages.Tree;
using Microsoft.Data.Sqlite;

namespace Actors.Client.Storage.Sqlite;

/// <summary>Writes changes with statements that are prepared once.</summary>
internal sealed class ReplicaWriter(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = [];
    private SqliteTransaction? _transaction;

    public void Write(ReplicaChanges changes, SqliteTransaction transaction)
    {
        _transaction = transaction;
        if (changes.ForgetAgreement)
        {
            Run("UPDATE replica SET epoch = NULL, cursor = NULL, chain = NULL, newest_epoch = NULL, newest_seq = NULL, newest_chain = NULL");
            Run("DELETE FROM synced");
            Run("DELETE FROM pushes");
        }
        WriteFacts(changes);
        foreach (var (path, entry) in changes.Synced)
            WriteSynced(path, entry);
        foreach (var (path, file) in changes.Seen)
            WriteSeen(path, file);
        foreach (var counter in changes.SettledPushes)
            Run("DELETE FROM pushes WHERE counter = $1", (long)counter);
        foreach (var push in changes.Pushes)
        {
            Run(
                "INSERT INTO pushes (counter, digest, changes, copies) VALUES ($1, $2, $3, $4)",
                (long)push.Counter, push.Digest.ToArray(), StateCodec.Encode(push.Changes), StateCodec.Encode(push.Copies));
        }
        WriteIntents(changes);
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
    }

    private void WriteFacts(ReplicaChanges changes)
    {
        if (changes.Identity is { } identity)
        {
            Run(
                "UPDATE replica SET node = $1, incarnation = $2, machine = $3, device = $4, inode = $5",
                identity.Id.ToArray(), (long)identity.Incarnation, identity.Machine, (long)identity.Device, (long)identity.Inode);
        }
        if (changes.Position is { } position)
        {
            Run(
                "UPDATE replica SET epoch = $1, cursor = $2, chain = $3",
                position.Epoch.ToArray(), (long)position.Cursor, position.ChainHash.ToArray());
        }
        if (changes.Newest is { } newest)
        {
            Run(
                "UPDATE replica SET newest_epoch = $1, newest_seq = $2, newest_chain = $3",
                newest.Epoch.ToArray(), (long)newest.Cursor, newest.ChainHash.ToArray());
        }
        if (changes.LastCounter is { } counter)
            Run("UPDATE replica SET last_counter = $1", (long)counter);
        if (changes.Name is { } name)
            Run("UPDATE replica SET name = $1", name);
    }

    private void WriteSynced(RelativePath path, TreeEntry? entry)
    {
        if (entry is null || entry.State.IsAbsent)
        {
            Run("DELETE FROM synced WHERE path = $1", path.Bytes.ToArray());
            return;
        }
        var kind = (entry.State.IsFolder, entry.SnapshotOfOpenFile) switch
        {
            (true, _) => 1L,
            (_, false) => 2L,
            _ => 3L,
        };
        var content = entry.State.Content;
        Run(
            """
            INSERT OR REPLACE INTO synced (path, version, author, committed_at, kind, hash, size, root)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            path.Bytes.ToArray(), (long)entry.Version, (long)entry.Author, entry.CommittedAtUs, kind,
            entry.State.IsFile ? content.Hash.ToArray() : DBNull.Value, content.Size, entry.State.IsFile ? RootOf(content) : DBNull.Value);
    }

    private void WriteSeen(RelativePath path, SeenFile? file)
    {
        if (file is not { } seen)
        {
            Run("DELETE FROM seen WHERE path = $1", path.Bytes.ToArray());
            return;
        }
        Run(
            """
            INSERT OR REPLACE INTO seen (path, inode, modified, changed, settled, hash, size, root)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            path.Bytes.ToArray(), (long)seen.Signature.Inode, seen.Signature.ModifiedNs, seen.Signature.ChangedNs,
            seen.IsSettled ? 1L : 0L, seen.Content.Hash.ToArray(), seen.Content.Size, RootOf(seen.Content));
    }

    private void WriteIntents(ReplicaChanges changes)
    {
        foreach (var id in changes.IntentsDone)
            Run("DELETE FROM intents WHERE id = $1", id);
        foreach (var intent in changes.Intents)
        {
            Run(
                "INSERT INTO intents (id, entry, expected, copy_name, copy_owed) VALUES ($1, $2, $3, $4, $5)",
                intent.Id, StateCodec.Encode(intent.Entry), StateCodec.Encode(intent.Entry.Path, intent.Expected),
                intent.CopyName.Bytes.ToArray(), intent.IsCopyOwed ? 1L : 0L);
        }
        foreach (var id in changes.DisplacedDone)
            Run("DELETE FROM displaced WHERE id = $1", id);
        foreach (var file in changes.Displaced)
        {
            Run(
                "INSERT OR REPLACE INTO displaced (id, path, known, copy_name) VALUES ($1, $2, $3, $4)",
                file.Id, file.Path.Bytes.ToArray(), StateCodec.Encode(file.Path, file.Known), file.CopyName.Bytes.ToArray());
        }
    }

    private void Run(string sql, params ReadOnlySpan<object> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this class only
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 1; i <= values.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            _prepared.Add(sql, command);
        }
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        command.Transaction = _transaction;
        command.ExecuteNonQuery();
    }

    private static byte[] RootOf(ContentRef content) => content.Root.ToArray();
}
