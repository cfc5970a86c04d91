namespace Actors.Server.Storage.Sqlite;

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
