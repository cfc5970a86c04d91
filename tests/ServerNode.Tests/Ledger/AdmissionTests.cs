using Actors.Messages;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Server.Ledger;
using static Actors.Server.Tests.Ledger.LedgerRig;

namespace Actors.Server.Tests.Ledger;

/// <summary>Identity, numbers, fencing and epochs.</summary>
public sealed class AdmissionTests : IDisposable
{
    private readonly LedgerRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_number_is_kept_across_joins_and_restarts_of_the_server()
    {
        Assert.Equal(("Client 1", 1U), NameOf(_rig.Join(7)));
        Assert.Equal(("Client 2", 2U), NameOf(_rig.Join(8)));
        _rig.Restore(_rig.BackUp());
        Assert.Equal(("Client 1", 1U), NameOf(_rig.Join(7)));
        Assert.Equal(("Client 3", 3U), NameOf(_rig.Join(9)));
    }

    [Fact]
    public void A_wished_name_is_used()
    {
        var admitted = _rig.Run(ledger => ledger.Admit(new JoinRequest(Node(7), 1, "default", null) { WishedName = "laptop" }));
        Assert.Equal(("laptop", 1U), NameOf(Assert.IsType<LedgerResult.Joined>(admitted)));
    }

    [Fact]
    public void An_unknown_share_is_refused()
    {
        var refused = _rig.Run(ledger => ledger.Admit(new JoinRequest(Node(7), 1, "other", null)));
        Assert.Equal(JoinRefusal.UnknownShare, Assert.IsType<LedgerResult.NotJoined>(refused).Reason);
    }

    [Fact]
    public void A_higher_incarnation_takes_over_and_the_old_session_is_fenced()
    {
        var old = _rig.Join(7);
        var newer = Assert.IsType<LedgerResult.Joined>(_rig.Join(Node(7, incarnation: 2, instance: 5)));
        Assert.Equal(PushRejection.Fenced, _rig.Rejection(old, 1, FileAt("a", "1")));
        Assert.Equal(1UL, _rig.Commit(newer, 1, FileAt("a", "1")));
    }

    [Fact]
    public void The_same_process_comes_back_and_its_old_session_is_fenced()
    {
        var old = _rig.Join(7);
        var again = _rig.Join(7);
        Assert.True(again.Node.Session > old.Node.Session);
        Assert.Equal(PushRejection.Fenced, _rig.Rejection(old, 1, FileAt("a", "1")));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    public void A_copy_or_an_older_state_of_a_replica_is_refused_and_harms_no_replica(ulong incarnation, ulong instance)
    {
        var session = Assert.IsType<LedgerResult.Joined>(_rig.Join(Node(7, incarnation: 2, instance: 1)));
        var copy = _rig.Join(Node(7, incarnation, instance), new SharePosition(new EpochId(99), 5, default));
        Assert.Equal(JoinRefusal.IdentityInUse, Assert.IsType<LedgerResult.NotJoined>(copy).Reason);
        Assert.Equal(1UL, _rig.Commit(session, 1, FileAt("a", "1")));
        Assert.Single(_rig.Read(snapshot => snapshot.Epochs(_rig.Share)));
    }

    [Fact]
    public void A_push_of_a_node_that_never_joined_is_fenced()
    {
        var session = _rig.Join(7);
        var push = PushOf(session, 1, FileAt("a", "1"));
        var foreign = _rig.Push(push with { Id = push.Id with { Node = new(99) } });
        Assert.Equal(PushRejection.Fenced, Assert.IsType<LedgerResult.Rejected>(foreign).Reason);
    }

    [Fact]
    public void A_first_join_does_not_resume_and_begins_no_epoch()
    {
        var admitted = _rig.Join(7);
        Assert.False(admitted.Resumed);
        Assert.False(admitted.NewEpoch);
    }

    [Fact]
    public void A_position_on_the_chain_resumes()
    {
        var session = _rig.Join(7);
        var early = _rig.Position;
        _rig.Commit(session, 1, FileAt("a", "1"));
        Assert.True(_rig.Join(8, early).Resumed);
        Assert.True(_rig.Join(9, _rig.Position).Resumed);
        Assert.Single(_rig.Read(snapshot => snapshot.Epochs(_rig.Share)));
    }

    [Fact]
    public void An_epoch_that_was_never_heard_of_begins_a_new_one()
    {
        var admitted = _rig.Join(7, new SharePosition(new EpochId(99), 0, default));
        Assert.False(admitted.Resumed);
        Assert.True(admitted.NewEpoch);
        Assert.Equal(new EpochId(2), admitted.Head.Epoch);
        Assert.Equal(new EpochId(2), _rig.Head.Epoch);
    }

    [Fact]
    public void A_position_off_the_chain_of_the_current_epoch_begins_a_new_one()
    {
        var session = _rig.Join(7);
        _rig.Commit(session, 1, FileAt("a", "1"));
        Assert.True(_rig.Join(8, _rig.Position with { ChainHash = ContentHash.Of([1]) }).NewEpoch);
    }

    [Fact]
    public void A_restored_backup_begins_a_new_epoch_once_and_loses_no_push_after_it()
    {
        var session = _rig.Join(7);
        _rig.Commit(session, 1, FileAt("a", "1"));
        var common = _rig.Position;
        var backup = _rig.BackUp();
        _rig.Commit(session, 2, FileAt("a", "2", based: 1));
        var beyond = _rig.Position;
        _rig.Restore(backup);

        var first = _rig.Join(7, beyond);
        Assert.True(first.NewEpoch);
        Assert.False(first.Resumed);
        // Commits of the new epoch may reach the lost numbers, and yet the old position is not taken for one of them.
        _rig.Commit(first, 2, FileAt("a", "other", based: 1));
        _rig.Commit(first, 3, FileAt("a", "more", based: 2));
        var second = _rig.Join(8, beyond);
        Assert.False(second.NewEpoch);
        Assert.False(second.Resumed);
        // A client that had not seen the lost commits goes on, in the new epoch.
        var third = _rig.Join(9, common);
        Assert.True(third.Resumed);
        Assert.Equal(first.Head.Epoch, third.Head.Epoch);
    }

    [Fact]
    public void A_restored_server_that_grew_past_what_a_replica_has_seen_beyond_its_position_begins_a_new_epoch()
    {
        var session = _rig.Join(7);
        _rig.Commit(session, 1, FileAt("a", "1"));
        var common = _rig.Position;
        var backup = _rig.BackUp();
        _rig.Commit(session, 2, FileAt("a", "2", based: 1));
        var seen = _rig.Position;
        _rig.Restore(backup);
        var other = _rig.Join(8, common);
        _rig.Commit(other, 1, FileAt("a", "other", based: 1));
        _rig.Commit(other, 2, FileAt("b", "more"));

        var admitted = _rig.JoinBeyond(7, common, seen);
        Assert.True(admitted.NewEpoch);
        Assert.False(admitted.Resumed);
        var later = _rig.JoinBeyond(9, common, seen);
        Assert.False(later.NewEpoch);
        Assert.False(later.Resumed);
    }

    [Fact]
    public void What_a_replica_has_seen_beyond_its_position_may_lie_on_the_chain()
    {
        var session = _rig.Join(7);
        _rig.Commit(session, 1, FileAt("a", "1"));
        var position = _rig.Position;
        _rig.Commit(session, 2, FileAt("a", "2", based: 1));
        var admitted = _rig.JoinBeyond(7, position, _rig.Position);
        Assert.True(admitted.Resumed);
        Assert.False(admitted.NewEpoch);
    }

    [Fact]
    public void A_replica_that_has_nothing_but_an_epoch_shows_that_the_epoch_was_lost()
    {
        var backup = _rig.BackUp();
        var lost = _rig.Join(7, new SharePosition(new EpochId(99), 0, default)).Head.Epoch;
        _rig.Restore(backup);
        Assert.True(_rig.Join(7, new SharePosition(lost, 0, default)).NewEpoch);
    }

    [Fact]
    public void The_loss_of_an_epoch_is_marked_once_and_not_by_each_replica_that_was_in_it()
    {
        var session = _rig.Join(7);
        _rig.Commit(session, 1, FileAt("a", "1"));
        var common = _rig.Position with { Epoch = new EpochId(99) };
        var first = _rig.Join(8, common with { Cursor = 2 });
        Assert.True(first.NewEpoch);
        var second = _rig.Join(9, common with { Cursor = 3 });
        Assert.False(second.NewEpoch);
        Assert.False(second.Resumed);
        // Nothing that this one has was lost, only the epoch.
        var third = _rig.Join(10, common);
        Assert.True(third.Resumed);
        Assert.Equal(first.Head.Epoch, third.Head.Epoch);
    }

    [Fact]
    public void A_restored_server_gives_no_session_a_number_that_an_earlier_one_had()
    {
        var backup = _rig.BackUp();
        var lost = _rig.Join(7);
        _rig.Restore(backup);
        var session = _rig.Join(7);
        Assert.NotEqual(lost.Node.Session, session.Node.Session);
        Assert.Equal(PushRejection.Fenced, _rig.Rejection(lost, 1, FileAt("a", "1")));
        Assert.Equal(1UL, _rig.Commit(session, 1, FileAt("a", "1")));
    }

    [Fact]
    public void A_push_of_an_older_epoch_is_refused_undecided()
    {
        var session = _rig.Join(7);
        _rig.Join(8, new SharePosition(new EpochId(99), 0, default));
        Assert.Equal(PushRejection.Epoch, _rig.Rejection(session, 1, FileAt("a", "1")));
        Assert.Equal(1UL, _rig.Commit(_rig.Join(7, session.Head.Position), 1, FileAt("a", "1")));
    }

    private static (string Name, uint Number) NameOf(LedgerResult.Joined admitted) => (admitted.Node.Name, admitted.Node.Number);
}
