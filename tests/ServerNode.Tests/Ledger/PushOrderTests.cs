using Actors.Messages;
using Actors.Server.Ledger;
using static Actors.Server.Tests.Ledger.LedgerRig;

namespace Actors.Server.Tests.Ledger;

/// <summary>An author's pushes are committed in the order in which they were made.</summary>
public sealed class PushOrderTests : IDisposable
{
    private readonly LedgerRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_push_is_committed_after_the_one_that_it_follows()
    {
        var session = _rig.Join(7);
        _rig.Commit(session, 1, FileAt("a", "1"));
        Assert.IsType<LedgerResult.Committed>(_rig.Push(PushOf(session, 2, FileAt("b", "1")) with { Follows = 1 }));
    }

    [Fact]
    public void A_push_whose_predecessor_has_not_come_is_put_off_and_can_come_again()
    {
        var session = _rig.Join(7);
        var second = PushOf(session, 2, FileAt("b", "1")) with { Follows = 1 };
        Assert.Equal(PushRejection.Unavailable, Assert.IsType<LedgerResult.Rejected>(_rig.Push(second)).Reason);
        _rig.Commit(session, 1, FileAt("a", "1"));
        Assert.IsType<LedgerResult.Committed>(_rig.Push(second));
    }

    [Fact]
    public void What_follows_a_refused_push_is_refused_and_so_is_what_follows_that()
    {
        var session = _rig.Join(7);
        _rig.Commit(session, 1, FileAt("a", "1"));
        Assert.Equal(PushRejection.Stale, _rig.Rejection(session, 2, FileAt("a", "x")));
        foreach (var counter in new ulong[] { 3, 4 })
        {
            var push = PushOf(session, counter, FileAt($"{counter}", "1")) with { Follows = counter - 1 };
            Assert.Equal(PushRejection.Order, Assert.IsType<LedgerResult.Rejected>(_rig.Push(push)).Reason);
            Assert.Equal(PushRejection.Order, Assert.IsType<LedgerResult.Repeated>(_rig.Push(push)).Outcome.Reason);
        }
        Assert.Equal(1UL, _rig.Head.Seq);
    }

    [Fact]
    public void A_push_that_follows_none_is_decided_by_itself()
    {
        var session = _rig.Join(7);
        _rig.Commit(session, 2, FileAt("b", "1"));
        Assert.Equal(1UL, _rig.Head.Seq);
    }
}
