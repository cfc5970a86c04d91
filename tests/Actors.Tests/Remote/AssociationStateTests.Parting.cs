using static Actors.Remote.AssociationEffectKind;

namespace Actors.Tests.Remote;

/// <summary>Connections that the peer ends in order.</summary>
public partial class AssociationStateTests
{
    [Fact]
    public void A_peer_that_ends_its_connection_without_a_reason_is_told_of()
    {
        var link = DialTo(uid: 7);
        _state.Closed(link, cause: null, _now);
        Assert.Equal([Disassociated, Lost, DropQueued], Kinds());

        link = Accept(uid: 7);
        _state.Disassociated(link, ControlCommand.Disassociate, _now);
        Assert.Equal([Close, Disassociated, Lost, DropQueued], Kinds());
    }

    [Fact]
    public void A_peer_that_says_why_or_has_another_connection_is_not_lost()
    {
        var link = DialTo(uid: 7);
        _state.Disassociated(link, ControlCommand.DisassociateShuttingDown, _now);
        Assert.Equal([PeerShutDown, Close, Disassociated, DropQueued], Kinds());
        _now += Timings.RetryGateClosedFor;

        var (own, theirs) = BothDialled();
        _state.Disassociated(theirs, ControlCommand.Disassociate, _now);
        Assert.Equal([Close, Disassociated], Kinds());
        Assert.Equal(own, _state.WritableLink);
    }

    [Fact]
    public void A_peer_that_ends_while_this_side_does_is_not_lost()
    {
        var link = DialTo(uid: 7);
        _state.ShutDown();

        _state.Closed(link, cause: null, _now);

        Assert.Equal([Disassociated, DropQueued], Kinds());
    }
}
