using Actors.Server.Ledger;
using Actors.Server.Storage;
using Microsoft.Data.Sqlite;
using static Actors.Server.Tests.Ledger.LedgerRig;

namespace Actors.Server.Tests.Ledger;

public sealed class StoreCheckTests : IDisposable
{
    private readonly LedgerRig _rig = new();

    public StoreCheckTests()
    {
        var session = _rig.Join(7);
        _rig.Commit(session, 1, FolderAt("d"), FileAt("d/a", "1"), FileAt("b", "same"), FileAt("c", "same"));
        _rig.Commit(session, 2, FileAt("d/a", "2", based: 1));
        _rig.Commit(session, 3, Gone("b", based: 1));
    }

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_store_that_is_as_it_was_committed_passes_and_tells_how_much_was_read()
    {
        Assert.Empty(Check(out var check));
        Assert.Equal((3, 4, 3, 6), (check.Commits, check.Paths, check.Contents, check.ContentBytes));
    }

    [Theory]
    [InlineData("UPDATE commits SET committed_at = committed_at + 1 WHERE seq = 1", "damaged at commit 1")]
    [InlineData("UPDATE parts SET bytes = x'78' WHERE bytes = x'31'", "of d/a, version 1, a part of the content does not fit")]
    [InlineData("DELETE FROM parts WHERE bytes = x'32'", "of d/a, version 2, a part of the content is missing")]
    [InlineData("UPDATE entries SET kind = 1 WHERE path = x'62'", "b is not as commit 3 left it")]
    [InlineData("UPDATE entries SET version = 1 WHERE path = x'62'", "b is not as commit 3 left it")]
    [InlineData("UPDATE entries SET version = 4 WHERE path = x'63'", "c says that commit 4 has changed it")]
    [InlineData("UPDATE entries SET version = 2 WHERE path = x'63'", "c says that commit 2 has changed it")]
    [InlineData("DELETE FROM entries WHERE path = x'63'", "c is not as commit 1 left it")]
    public void What_is_not_as_it_was_committed_is_found(string tampering, string finding)
    {
        Tamper(tampering);
        Assert.Contains(Check(out _), found => found.Contains(finding));
    }

    [Theory]
    [InlineData("UPDATE commits SET changes = x'ff' WHERE seq = 2")]
    [InlineData("UPDATE entries SET path = x'2f2f' WHERE path = x'63'")]
    [InlineData("UPDATE entries SET kind = 2 WHERE path = x'62'")]
    public void What_cannot_be_read_is_named_as_damage(string tampering)
    {
        Tamper(tampering);
        Assert.Throws<StoreCorruptException>(() => Check(out _));
    }

    private void Tamper(string tampering)
    {
        using (var connection = new SqliteConnection($"Data Source={_rig.DatabaseFile};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = tampering;
            Assert.Equal(1, command.ExecuteNonQuery());
        }
    }

    private List<string> Check(out StoreCheck check)
    {
        using var reader = _rig.Store.OpenReader();
        using var snapshot = reader.Snapshot();
        check = new StoreCheck(snapshot, _ => { });
        return [.. check.Findings()];
    }
}
