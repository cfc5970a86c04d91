using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Actors.Messages.Wire;
using Google.Protobuf;
using Microsoft.Data.Sqlite;

namespace Actors.Server.Storage.Sqlite;

internal sealed class SqliteReader(SqliteSession session) : IShareReader
{
    public IShareSnapshot Snapshot()
    {
        session.Execute("BEGIN");
        return new SqliteSnapshot(session);
    }

    public void Dispose() => session.Dispose();
}

/// <summary>Reads within a transaction that is open on the connection.</summary>
internal class SqliteSnapshot(SqliteSession session) : IShareSnapshot
{
    private const string EntryColumns = "path, version, kind, hash, size, root, author, committed_at";

    protected SqliteSession Session { get; } = session;

    public IReadOnlyList<ShareRow> Shares()
    {
        using var reader = Session.Query("SELECT id, name FROM shares ORDER BY id");
        var shares = new List<ShareRow>();
        while (reader.Read())
            shares.Add(new ShareRow(reader.GetInt32(0), reader.GetString(1)));
        return shares;
    }

    public ShareHead Head(int share)
    {
        var (seq, chain) = (0UL, CommitHash.Genesis);
        using (var reader = Session.Query("SELECT seq, chain FROM commits WHERE share = $1 ORDER BY seq DESC LIMIT 1", share))
        {
            if (reader.Read())
                (seq, chain) = ((ulong)reader.GetInt64(0), Hash(reader, 1));
        }
        using var epoch = Session.Query("SELECT id FROM epochs WHERE share = $1 ORDER BY ordinal DESC LIMIT 1", share);
        return epoch.Read() ? new ShareHead(share, Epoch(epoch, 0), seq, chain) : throw new StoreCorruptException($"share {share} has no epoch");
    }

    public IReadOnlyList<EpochRow> Epochs(int share)
    {
        using var reader = Session.Query("SELECT id, began_after FROM epochs WHERE share = $1 ORDER BY ordinal", share);
        var epochs = new List<EpochRow>();
        while (reader.Read())
            epochs.Add(new EpochRow(Epoch(reader, 0), (ulong)reader.GetInt64(1)));
        return epochs;
    }

    public ContentHash? ChainAt(int share, ulong seq)
    {
        if (seq == 0)
            return CommitHash.Genesis;
        using var reader = Session.Query("SELECT chain FROM commits WHERE share = $1 AND seq = $2", share, (long)seq);
        return reader.Read() ? Hash(reader, 0) : null;
    }

    public IReadOnlyList<LogRow> ReadLog(int share, ulong after, int limit)
    {
        const string sql = "SELECT seq, author, node, counter, committed_at, digest, chain, changes FROM commits WHERE share = $1 AND seq > $2 ORDER BY seq LIMIT $3";
        using var reader = Session.Query(sql, share, (long)after, limit);
        var rows = new List<LogRow>();
        while (reader.Read())
        {
            var push = new PushId(Node(reader, 2), (ulong)reader.GetInt64(3));
            var commit = new CommitRecord((ulong)reader.GetInt64(0), (uint)reader.GetInt64(1), push, reader.GetInt64(4), Hash(reader, 5));
            rows.Add(new LogRow(commit, Hash(reader, 6), Changes(Bytes(reader, 7))));
        }
        return rows;
    }

    public TreeEntry? Find(int share, RelativePath path)
    {
        const string sql = $"SELECT {EntryColumns} FROM entries WHERE share = $1 AND path = $2";
        using var reader = Session.Query(sql, share, path.Bytes.ToArray());
        return reader.Read() ? EntryOf(reader) : null;
    }

    public IReadOnlyList<TreeEntry> LiveBelow(int share, RelativePath folder, int limit)
    {
        const string sql = $"SELECT {EntryColumns} FROM entries WHERE share = $1 AND path >= $2 AND path < $3 AND kind <> 0 ORDER BY path LIMIT $4";
        var (from, before) = folder.DescendantRange();
        using var reader = Session.Query(sql, share, from, before, limit);
        var entries = new List<TreeEntry>();
        while (reader.Read())
            entries.Add(EntryOf(reader));
        return entries;
    }

    public IEnumerable<TreeEntry> EntriesAfter(int share, ulong version, RelativePath path)
    {
        const string sql = $"SELECT {EntryColumns} FROM entries WHERE share = $1 AND (version, path) > ($2, $3) ORDER BY version, path";
        using var reader = Session.Query(sql, share, (long)version, path.Bytes.ToArray());
        while (reader.Read())
            yield return EntryOf(reader);
    }

    public ShareSize Size(int share)
    {
        const string sql = "SELECT count(*) FILTER (WHERE kind >= 2), count(*) FILTER (WHERE kind = 1), ifnull(sum(size), 0) FROM entries WHERE share = $1 AND kind <> 0";
        using var reader = Session.Query(sql, share);
        reader.Read();
        return new ShareSize(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }

    public byte[]? ReadPart(ContentHash hash)
    {
        using var reader = Session.Query("SELECT bytes FROM parts WHERE hash = $1", hash.ToArray());
        return reader.Read() ? Bytes(reader, 0) : null;
    }

    public int? PartLength(ContentHash hash)
    {
        using var reader = Session.Query("SELECT length(bytes) FROM parts WHERE hash = $1", hash.ToArray());
        return reader.Read() ? reader.GetInt32(0) : null;
    }

    public ContentRef? FindContent(ContentHash root)
    {
        using var reader = Session.Query("SELECT hash, size FROM contents WHERE root = $1", root.ToArray());
        return reader.Read() ? new ContentRef(Hash(reader, 0), reader.GetInt64(1), root) : null;
    }

    public NodeRow? FindNode(NodeId id)
    {
        const string sql = "SELECT number, name, incarnation, instance, session, share, settled_through FROM nodes WHERE id = $1";
        using var reader = Session.Query(sql, id.ToArray());
        if (!reader.Read())
            return null;
        return new NodeRow(new NodeInstance(id, (ulong)reader.GetInt64(2), (ulong)reader.GetInt64(3)), (uint)reader.GetInt64(0))
        {
            Name = reader.GetString(1),
            Session = (ulong)reader.GetInt64(4),
            Share = reader.GetInt32(5),
            SettledThrough = (ulong)reader.GetInt64(6),
        };
    }

    public OutcomeRow? FindOutcome(uint node, ulong counter)
    {
        const string sql = "SELECT digest, seq, reason, text FROM outcomes WHERE node = $1 AND counter = $2";
        using var reader = Session.Query(sql, (long)node, (long)counter);
        return reader.Read()
            ? new OutcomeRow(counter, Hash(reader, 0), (ulong)reader.GetInt64(1), (PushRejection)reader.GetInt32(2), reader.GetString(3))
            : null;
    }

    public void Dispose()
    {
        End();
        GC.SuppressFinalize(this);
    }

    protected virtual void End() => Session.Execute("ROLLBACK");

    private static TreeEntry EntryOf(SqliteDataReader reader)
    {
        try
        {
            return ReadEntry(reader);
        }
        catch (Exception fault) when (fault is FormatException or InvalidCastException or InvalidOperationException or OverflowException)
        {
            throw new StoreCorruptException($"an entry cannot be read: {fault.Message}", fault);
        }
    }

    private static TreeEntry ReadEntry(SqliteDataReader reader)
    {
        var kind = reader.GetInt32(2);
        var state = kind switch
        {
            0 => EntryState.Absent,
            1 => EntryState.Folder,
            _ => EntryState.File(new ContentRef(Hash(reader, 3), reader.GetInt64(4), Hash(reader, 5))),
        };
        return new TreeEntry(RelativePath.Parse(Bytes(reader, 0)), state, (ulong)reader.GetInt64(1))
        {
            Author = (uint)reader.GetInt64(6),
            CommittedAtUs = reader.GetInt64(7),
            SnapshotOfOpenFile = kind == 3,
        };
    }

    private static List<PathChange> Changes(byte[] encoded)
    {
        var changes = new List<PathChange>();
        foreach (var message in Parse(encoded).Changes)
        {
            changes.Add(EntryReader.TryRead(message, out var change, out var reason)
                ? change
                : throw new StoreCorruptException($"a change in the log cannot be read: {reason}"));
        }
        return changes;
    }

    private static Push Parse(byte[] encoded)
    {
        try
        {
            return Push.Parser.ParseFrom(encoded);
        }
        catch (InvalidProtocolBufferException fault)
        {
            throw new StoreCorruptException($"the changes of a commit cannot be read: {fault.Message}", fault);
        }
    }

    private static byte[] Bytes(SqliteDataReader reader, int column) => reader.GetFieldValue<byte[]>(column);

    private static ContentHash Hash(SqliteDataReader reader, int column) =>
        ContentHash.TryRead(Bytes(reader, column), out var hash) ? hash : throw new StoreCorruptException("a stored hash does not have 32 bytes");

    private static EpochId Epoch(SqliteDataReader reader, int column) =>
        EpochId.TryRead(Bytes(reader, column), out var id) ? id : throw new StoreCorruptException("a stored epoch does not have 16 bytes");

    private static NodeId Node(SqliteDataReader reader, int column) =>
        NodeId.TryRead(Bytes(reader, column), out var id) ? id : throw new StoreCorruptException("a stored node id does not have 16 bytes");
}
