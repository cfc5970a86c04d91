using Actors.Lab.Observing;
using Actors.Lab.Storage;
using Actors.Lab.Tests.Storage;
using Actors.Messages.Changes;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Lab.Tests.Observing;

public sealed class ServerHistoryTests
{
    private readonly StorageScene _scene = new();
    private readonly ServerHistory _history = new();

    [Fact]
    public void What_a_backup_holds_that_was_never_durable_counts_from_when_it_is_put_back()
    {
        using var store = SimulatedShareStore.Open(_scene.Process, "data/server.db", _scene.Table);
        var row = Commit(store);
        _history.IsRestored = true;

        _history.Reopen(store);

        Assert.Equal(row.Chain, _history.Chain);
        Assert.NotNull(_history.TreeAfter(row.Chain));
        Assert.True(_history.WasCommitted(row.Commit.Push, row.Commit.Sequence));
    }

    private static LogRow Commit(SimulatedShareStore store)
    {
        using var transaction = store.Begin();
        var share = transaction.AddShare("default", new EpochId(1)).Id;
        var change = new PathChange(RelativePath.Parse("directory"), 0, EntryState.Folder);
        var commit = new CommitRecord(1, 1, new PushId(new NodeId(5), 1), 0, ChangeSetDigest.Of([change]));
        var row = new LogRow(commit, CommitHash.Next(default, commit), [change]);
        Assert.True(transaction.Append(share, 0, row));
        transaction.Put(share, new TreeEntry(change.Path, change.To, 1));
        transaction.Commit();
        return row;
    }
}
