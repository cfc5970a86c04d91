using Actors.Messages;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Tree;
using Actors.Messages.Wire;
using Google.Protobuf;

namespace Actors.Server.Storage.Sqlite;

/// <summary>The write transaction that is open on the writer's connection.</summary>
internal sealed class SqliteTransaction(SqliteSession session, SqliteShareStore store) : SqliteSnapshot(session), IStoreTransaction
{
    private bool _committed;

    public ShareRow AddShare(string name, EpochId epoch)
    {
        Session.Run("INSERT INTO shares (name, level, protocol, terms_version) VALUES ($1, 'prefix', 'invalidate', 0)", name);
        var id = (int)Session.Scalar<long>("SELECT last_insert_rowid()");
        PutEpoch(id, new EpochRow(epoch, 0));
        return new ShareRow(id, name);
    }

    public bool Append(int share, ulong expectedHead, LogRow row)
    {
        if (row.Commit.Sequence != expectedHead + 1)
            throw new ArgumentException($"commit {row.Commit.Sequence} does not follow head {expectedHead}", nameof(row));
        if (Head(share).Seq != expectedHead)
            return false;
        var changes = new Push();
        foreach (var change in row.Changes)
            changes.Changes.Add((change with { Inline = null }).ToMessage());
        var commit = row.Commit;
        Session.Run(
            "INSERT INTO commits (share, seq, author, node, counter, committed_at, digest, chain, changes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            share, (long)commit.Sequence, (long)commit.Author, commit.Push.Node.ToArray(), (long)commit.Push.Counter, commit.CommittedAtUs,
            commit.Changes.ToArray(), row.Chain.ToArray(), changes.ToByteArray());
        return true;
    }

    public void Put(int share, TreeEntry entry)
    {
        var state = entry.State;
        Session.Run(
            """
            INSERT INTO entries (share, path, version, kind, hash, size, root, author, committed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (share, path) DO UPDATE SET version = excluded.version, kind = excluded.kind, hash = excluded.hash,
                size = excluded.size, root = excluded.root, author = excluded.author, committed_at = excluded.committed_at
            """,
            share, entry.Path.Bytes.ToArray(), (long)entry.Version, KindOf(entry),
            state.IsFile ? state.Content.Hash.ToArray() : null, state.IsFile ? state.Content.Size : null,
            state.IsFile ? state.Content.Root.ToArray() : null, (long)entry.Author, entry.CommittedAtUs);
    }

    public void PutPart(ContentHash hash, ReadOnlySpan<byte> bytes) =>
        Session.Run("INSERT INTO parts (hash, bytes) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING", hash.ToArray(), bytes.ToArray());

    public void PutContent(ContentRef content) =>
        Session.Run(
            "INSERT INTO contents (root, hash, size) VALUES ($1, $2, $3) ON CONFLICT (root) DO NOTHING",
            content.Root.ToArray(), content.Hash.ToArray(), content.Size);

    public void PutEpoch(int share, EpochRow epoch) =>
        Session.Run(
            "INSERT INTO epochs (share, ordinal, id, began_after) SELECT $1, count(*), $2, $3 FROM epochs WHERE share = $1",
            share, epoch.Id.ToArray(), (long)epoch.BeganAfter);

    public uint NextNodeNumber() => (uint)Next("node");

    public ulong NextSession() => (ulong)Next("session");

    public void PutNode(NodeRow node) =>
        Session.Run(
            """
            INSERT INTO nodes (id, number, name, incarnation, instance, session, share, settled_through) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (id) DO UPDATE SET number = excluded.number, name = excluded.name, incarnation = excluded.incarnation,
                instance = excluded.instance, session = excluded.session, share = excluded.share, settled_through = excluded.settled_through
            """,
            node.Instance.Id.ToArray(), (long)node.Number, node.Name, (long)node.Instance.Incarnation, (long)node.Instance.Instance,
            (long)node.Session, node.Share, (long)node.SettledThrough);

    public void PutOutcome(uint node, OutcomeRow outcome) =>
        Session.Run(
            "INSERT OR REPLACE INTO outcomes (node, counter, digest, seq, reason, text) VALUES ($1, $2, $3, $4, $5, $6)",
            (long)node, (long)outcome.Counter, outcome.Digest.ToArray(), (long)outcome.Seq, (int)outcome.Reason, outcome.Text);

    public void ForgetOutcomes(uint node, ulong through) =>
        Session.Run("DELETE FROM outcomes WHERE node = $1 AND counter <= $2", (long)node, (long)through);

    public int ForgetUploads(long nowUs, long ageUs) => new SqliteUploads(Session, this).Forget(nowUs, ageUs);

    public void Commit()
    {
        Session.Execute("COMMIT");
        _committed = true;
        store.CheckPlace();
    }

    protected override void End() => store.End(this, committed: _committed);

    private static int KindOf(TreeEntry entry) => entry.State.Kind switch
    {
        EntryKind.Absent => 0,
        EntryKind.Folder => 1,
        _ => entry.SnapshotOfOpenFile ? 3 : 2,
    };

    private long Next(string counter) =>
        Session.Scalar<long>("UPDATE counters SET value = value + 1 WHERE name = $1 RETURNING value", counter);
}
