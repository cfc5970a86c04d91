using Actors.Server.Ledger;
using Actors.Server.Storage;
using Microsoft.Data.Sqlite;
using static Actors.Server.Tests.Ledger.LedgerRig;

namespace Actors.Server.Tests.Ledger;

public sealed class ChainCheckTests : IDisposable
{
    private readonly LedgerRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void An_unbroken_chain_passes()
    {
        Commit(70);
        Verify();
    }

    [Theory]
    [InlineData("UPDATE commits SET committed_at = committed_at + 1 WHERE seq = 40")]
    [InlineData("UPDATE commits SET chain = zeroblob(32) WHERE seq = 70")]
    [InlineData("UPDATE commits SET changes = (SELECT changes FROM commits WHERE seq = 1) WHERE seq = 2")]
    [InlineData("DELETE FROM commits WHERE seq = 33")]
    public void A_log_that_was_tampered_with_is_found_out(string tampering)
    {
        Commit(70);
        using (var connection = new SqliteConnection($"Data Source={_rig.DatabaseFile};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = tampering;
            Assert.Equal(1, command.ExecuteNonQuery());
        }
        Assert.Throws<StoreCorruptException>(Verify);
    }

    private void Commit(ulong commits)
    {
        var session = _rig.Join(7);
        using var transaction = _rig.Store.Begin();
        var ledger = new ShareLedger(transaction, 0, () => default, 1);
        for (ulong counter = 1; counter <= commits; counter++)
            Assert.IsType<LedgerResult.Committed>(ledger.Decide(PushOf(session, counter, FileAt($"f{counter}", "1")) with { SettledThrough = counter - 1 }));
        transaction.Commit();
    }

    private void Verify() => _rig.Read(snapshot =>
    {
        ChainCheck.Verify(snapshot, snapshot.Shares()[0]);
        return true;
    });
}
