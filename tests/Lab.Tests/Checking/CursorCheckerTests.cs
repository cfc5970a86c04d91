using Actors.Client.Storage;
using Actors.Lab.Checking;
using Actors.Lab.Observing;
using Actors.Lab.World;
using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Lab.Tests.Checking;

public sealed class CursorCheckerTests
{
    private static readonly NodeId Id = new(7);
    private static readonly EpochId Epoch = new(5);

    private readonly ServerHistory _history = new();
    private readonly Findings _findings;
    private readonly CursorChecker _checker;

    public CursorCheckerTests()
    {
        _findings = new Findings(new SimulatedWorld(1, new Trace()));
        _checker = new CursorChecker(_history, _findings, new Coverage());
        for (ulong seq = 1; seq <= 3; seq++)
            _history.Add(Commit(seq));
    }

    [Fact]
    public void A_cursor_that_goes_back_is_objected_to()
    {
        var replica = new ReplicaRecord();
        Save("client-1", replica, 3);
        Assert.Null(_findings.First);
        Save("client-1", replica, 2);
        Assert.Contains("saves the cursor 2 after 3", _findings.First!.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clone_that_is_further_does_not_bind_its_original()
    {
        var (original, clone) = (new ReplicaRecord(), new ReplicaRecord());
        Save("client-1", original, 1);
        Save("copy-1", clone, 3);
        Save("client-1", original, 2);
        Assert.Null(_findings.First);
        Save("copy-1", clone, 2);
        Assert.NotNull(_findings.First);
    }

    [Fact]
    public void A_replica_that_was_put_back_begins_anew()
    {
        var replica = new ReplicaRecord();
        Save("client-1", replica, 3);
        _checker.Forget("client-1", Id);
        Save("client-1", replica, 2);
        Assert.Null(_findings.First);
    }

    [Fact]
    public void A_cursor_with_the_tree_of_another_commit_is_objected_to()
    {
        var replica = new ReplicaRecord();
        var changes = ChangesTo(2);
        changes.Synced[PathOf(3)] = EntryOf(3);
        _checker.Check("client-1", replica, changes);
        Assert.Contains("its synced tree is another one", _findings.First!.What, StringComparison.Ordinal);
    }

    private void Save(string site, ReplicaRecord replica, ulong cursor)
    {
        var changes = ChangesTo(cursor);
        _checker.Check(site, replica, changes);
        replica.Apply(changes);
    }

    /// <summary>All that a replica stores which stands at a commit, whatever it has now.</summary>
    private static ReplicaChanges ChangesTo(ulong cursor)
    {
        var changes = new ReplicaChanges
        {
            Identity = new ReplicaIdentity(Id, 1, "machine", 1, 2),
            ForgetAgreement = true,
            Position = new SharePosition(Epoch, cursor, ChainAt(cursor)),
        };
        for (ulong seq = 1; seq <= cursor; seq++)
            changes.Synced[PathOf(seq)] = EntryOf(seq);
        return changes;
    }

    private static LogRow Commit(ulong seq)
    {
        var commit = new CommitRecord(seq, 1, new PushId(Id, seq), 0, default);
        return new LogRow(commit, ChainAt(seq), [new PathChange(PathOf(seq), 0, EntryState.Folder)]);
    }

    private static RelativePath PathOf(ulong seq) => RelativePath.Parse($"d{seq}");

    private static TreeEntry EntryOf(ulong seq) => new(PathOf(seq), EntryState.Folder, seq);

    private static ContentHash ChainAt(ulong seq) => ContentHash.Of([(byte)seq]);
}
