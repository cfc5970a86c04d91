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
