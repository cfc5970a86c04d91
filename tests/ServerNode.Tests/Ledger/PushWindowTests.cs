using Actors.Messages;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Wire;
using Actors.Server.Ledger;
using static Actors.Server.Tests.Ledger.LedgerRig;

namespace Actors.Server.Tests.Ledger;

/// <summary>Pushes in doubt: one id, one change set, one outcome.</summary>
public sealed class PushWindowTests : IDisposable
{
    private readonly LedgerRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_push_that_comes_again_gets_its_outcome_and_no_second_commit()
    {
        var session = _rig.Join(7);
        _rig.Commit(session, 1, FileAt("a", "1"));
        var repeated = Assert.IsType<LedgerResult.Repeated>(_rig.Push(session, 1, FileAt("a", "1")));
        Assert.Equal((1UL, _rig.Head.Chain), (repeated.Outcome.Seq, repeated.Chain));
        Assert.Equal(1UL, _rig.Head.Seq);
    }

    [Fact]
    public void A_refused_push_stays_refused_when_it_comes_again()
    {
        var session = _rig.Join(7);
        _rig.Commit(session, 1, FileAt("a", "1"));
        Assert.Equal(PushRejection.Stale, _rig.Rejection(session, 2, FileAt("a", "x")));
        _rig.Commit(session, 3, Gone("a", 1));
        var repeated = Assert.IsType<LedgerResult.Repeated>(_rig.Push(session, 2, FileAt("a", "x")));
        Assert.Equal(PushRejection.Stale, repeated.Outcome.Reason);
    }

    [Fact]
    public void The_same_id_with_another_digest_is_refused()
    {
        var session = _rig.Join(7);
        _rig.Commit(session, 1, FileAt("a", "1"));
        Assert.Equal(PushRejection.Counter, _rig.Rejection(session, 1, FileAt("a", "2")));
    }

    [Fact]
    public void Counters_outside_the_window_are_refused()
    {
        var session = _rig.Join(7);
        Assert.Equal(PushRejection.Counter, _rig.Rejection(session, 65, FileAt("a", "1")));
        _rig.Commit(session, 64, FileAt("a", "1"));
        Assert.IsType<LedgerResult.Committed>(_rig.Push(PushOf(session, 65, FileAt("b", "1")) with { SettledThrough = 64 }));
        Assert.Equal(PushRejection.Counter, _rig.Rejection(session, 64, FileAt("a", "1")));
        Assert.Null(_rig.Read(snapshot => snapshot.FindOutcome(session.Node.Number, 64)));
    }

    [Fact]
    public void A_push_that_claims_to_be_settled_already_is_malformed()
    {
        var session = _rig.Join(7);
        var rejected = _rig.Push(PushOf(session, 3, FileAt("b", "1")) with { SettledThrough = 3 });
        Assert.Equal(PushRejection.Malformed, Assert.IsType<LedgerResult.Rejected>(rejected).Reason);
    }

    [Fact]
    public void A_join_tells_the_outcomes_of_the_pushes_in_doubt()
    {
        var session = _rig.Join(7);
        var first = PushOf(session, 1, FileAt("a", "1"));
        var second = PushOf(session, 2, FileAt("a", "2"));
        _rig.Push(first);
        _rig.Push(second);
        var again = Assert.IsType<LedgerResult.Joined>(_rig.Join(
            Node(7), _rig.Position, new(1, first.Digest), new(2, second.Digest), new(3, ContentHash.Of([1]))));
        Assert.Equal(1UL, again.Outcomes[0].Accepted.Seq);
        Assert.Equal(_rig.Read(snapshot => snapshot.ChainAt(_rig.Share, 1))!.Value.ToBytes(), again.Outcomes[0].Accepted.ChainHash);
        Assert.Equal(PushRejection.Stale, again.Outcomes[1].Rejected.Reason);
        Assert.NotNull(again.Outcomes[2].Undecided);
        Assert.Equal([1UL, 2UL, 3UL], again.Outcomes.Select(outcome => outcome.Counter));
    }

    [Fact]
    public void A_push_in_doubt_under_another_digest_says_that_the_identity_is_not_its_own()
    {
        var session = _rig.Join(7);
        _rig.Commit(session, 1, FileAt("a", "1"));
        var again = Assert.IsType<LedgerResult.Joined>(_rig.Join(Node(7), _rig.Position, [new(1, ContentHash.Of([1]))]));
        Assert.Equal(PushRejection.Counter, again.Outcomes[0].Rejected.Reason);
    }

    [Fact]
    public void A_join_that_settles_forgets_the_outcomes()
    {
        var session = _rig.Join(7);
        _rig.Commit(session, 1, FileAt("a", "1"));
        _rig.Run(ledger => ledger.Admit(new JoinRequest(Node(7), 2, "default", _rig.Position) { SettledThrough = 1 }));
        Assert.Null(_rig.Read(snapshot => snapshot.FindOutcome(session.Node.Number, 1)));
    }

    [Fact]
    public void A_push_whose_content_is_gone_is_refused_for_good()
    {
        var session = _rig.Join(7);
        var push = PushOf(session, 1, FileAt("a", "text") with { Inline = null });
        Assert.IsType<LedgerResult.ContentAwaited>(_rig.Push(push));
        var rejected = Assert.IsType<LedgerResult.Rejected>(_rig.Run(ledger => ledger.GiveUp(push, "it changed")));
        Assert.Equal(PushRejection.ContentGone, rejected.Reason);
        Assert.IsType<LedgerResult.Repeated>(_rig.Push(push));
    }
}
