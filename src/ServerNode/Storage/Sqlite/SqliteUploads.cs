using Actors.Messages.Content;

namespace Actors.Server.Storage.Sqlite;

/// <summary>
/// Finds uploads that were never committed by marks: what came between two of them and is named by no commit after the
/// first is one. (A commit before it cannot name what came later.) So each part is looked at once, and the cost is that
/// of what is new.
/// </summary>
internal sealed class SqliteUploads(SqliteSession session, IShareSnapshot snapshot)
{
    private const string Candidates = "id > $1 AND id <= $2 AND hash NOT IN (SELECT hash FROM named_parts)";

    public int Forget(long nowUs, long ageUs)
    {
        Mark(nowUs);
        var until = session.Scalar<long?>("SELECT max(at) FROM upload_marks WHERE at <= $1", nowUs - ageUs);
        if (until is null)
            return 0;
        var last = PartAt(until.Value);
        var since = session.Scalar<long?>("SELECT min(at) FROM upload_marks WHERE at < $1", until.Value);
        var first = since is { } at ? PartAt(at) : 0;
        var count = 0;
        if (last > first)
        {
            NoteNamed(since, last);
            count = (int)session.Scalar<long>($"SELECT count(*) FROM parts WHERE {Candidates}", first, last);
            session.Run($"DELETE FROM contents WHERE root IN (SELECT hash FROM parts WHERE {Candidates})", first, last);
            session.Run($"DELETE FROM parts WHERE {Candidates}", first, last);
            session.Run("DELETE FROM named_parts");
        }
        session.Run("DELETE FROM upload_marks WHERE at < $1", until.Value);
        // The numbers of what went are given to what comes, which must not be taken for older than it is.
        session.Run("UPDATE upload_marks SET part = min(part, (SELECT coalesce(max(id), 0) FROM parts))");
        return count;
    }

    private void Mark(long nowUs)
    {
        // The oldest mark is always one up to which everything was looked at.
        session.Run("INSERT INTO upload_marks SELECT 0, 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM upload_marks)");
        foreach (var share in snapshot.Shares())
        {
            session.Run(
                "INSERT OR REPLACE INTO upload_marks (at, share, seq, part) SELECT $1, $2, $3, coalesce(max(id), 0) FROM parts",
                nowUs, share.Id, (long)snapshot.Head(share.Id).Seq);
        }
    }

    private long PartAt(long at) => session.Scalar<long>("SELECT max(part) FROM upload_marks WHERE at = $1", at);

    private void NoteNamed(long? since, long last)
    {
        foreach (var share in snapshot.Shares())
        {
            var seq = since is { } at ? session.Scalar<long>("SELECT seq FROM upload_marks WHERE at = $1 AND share = $2", at, share.Id) : 0;
            foreach (var part in NamedParts.OfCommits(snapshot, share.Id, (ulong)seq))
                Note(part);
        }
        // Content that is here whole and whose push is still to be decided on may rest on parts of an older upload.
        foreach (var content in YoungContents(last))
        {
            foreach (var part in NamedParts.Of(snapshot, content))
                Note(part);
        }
    }

    private void Note(ContentHash part) => session.Run("INSERT OR IGNORE INTO named_parts (hash) VALUES ($1)", part.ToArray());

    private List<ContentRef> YoungContents(long last)
    {
        var contents = new List<ContentRef>();
        using var rows = session.Query("SELECT c.hash, c.size, c.root FROM contents c JOIN parts p ON p.hash = c.root WHERE p.id > $1", last);
        while (rows.Read())
            contents.Add(new ContentRef(new ContentHash((byte[])rows.GetValue(0)), rows.GetInt64(1), new ContentHash((byte[])rows.GetValue(2))));
        return contents;
    }
}
