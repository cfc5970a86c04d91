using static Actors.Remote.AssociationEffectKind;

namespace Actors.Tests.Remote;

public partial class AssociationStateTests
{
    private static readonly AssociationTimings Timings = new();
    private readonly AssociationState _state = new(Timings);
    private TimeSpan _now = TimeSpan.FromHours(1);

    [Fact]
    public void The_first_message_dials_and_further_ones_wait()
    {
        Assert.True(_state.Want(_now));
        Assert.True(_state.Want(_now));

        Assert.Equal([Dial], Kinds());
        Assert.Equal(0, _state.WritableLink);
    }

    [Fact]
    public void A_connection_is_greeted_and_used_once_answered()
    {
        var link = DialTo(uid: 7);

        Assert.Equal(link, _state.WritableLink);
        Assert.Equal(7, _state.PeerUid);
    }

    [Fact]
    public void A_failed_dial_gates_the_address_and_drops_what_waits()
    {
        _state.Want(_now);
        var link = LinkOf(Dial);

        _state.Closed(link, "refused", _now);

        Assert.Equal([Failed, DropQueued], Kinds());
        Assert.False(_state.Want(_now + Timings.RetryGateClosedFor - TimeSpan.FromTicks(1)));
        Assert.True(_state.Want(_now + Timings.RetryGateClosedFor));
    }

    [Fact]
    public void A_connection_that_ends_without_an_answer_has_failed()
    {
        _state.Want(_now);
        var link = LinkOf(Dial);
        _state.Connected(link, _now);
        _state.TakeEffects();

        _state.Closed(link, cause: null, _now);

        Assert.Equal([Failed, DropQueued], Kinds());
    }

    [Fact]
    public void An_inbound_association_lifts_the_gate()
    {
        _state.Want(_now);
        _state.Closed(LinkOf(Dial), "refused", _now);

        var accepted = Accept(uid: 7);

        Assert.True(_state.Want(_now));
        Assert.Equal(accepted, _state.WritableLink);
    }

    [Fact]
    public void A_lost_connection_gates_the_address()
    {
        var link = DialTo(uid: 7);

        _state.Closed(link, "reset", _now);

        Assert.Equal([Failed, Disassociated, DropQueued], Kinds());
        Assert.False(_state.Want(_now));
    }

    [Fact]
    public void When_both_dial_each_side_writes_to_its_own_and_reads_both()
    {
        _state.Want(_now);
        var own = LinkOf(Dial);
        _state.Connected(own, _now);
        _state.TakeEffects();

        var theirs = Accept(uid: 7);
        Assert.Equal(0, _state.WritableLink); // the peer may already have stopped listening there
        _state.Answered(own, 7, _now);

        Assert.Equal(own, _state.WritableLink);
        Assert.DoesNotContain(_state.TakeEffects(), e => e.Kind is Close or Abort);
        _state.Heard(theirs, _now);
        Assert.True(_state.HasLinks);
    }

    [Fact]
    public void A_dial_that_has_not_connected_gives_way_to_the_peers()
    {
        _state.Want(_now);
        var own = LinkOf(Dial);

        var theirs = Accept(uid: 7, out var effects);

        Assert.Contains(effects, e => e.Kind == Abort && e.Link == own);
        Assert.Equal(theirs, _state.WritableLink);
    }

    [Fact]
    public void When_the_own_connection_drops_the_deaf_one_is_not_written_to_but_dialled_beside()
    {
        var (own, theirs) = BothDialled();

        _state.Closed(own, "reset", _now);

        Assert.Equal([Failed, Disassociated, Dial], Kinds());
        Assert.NotEqual(theirs, _state.WritableLink);
        Assert.True(_state.Want(_now));
    }

    [Fact]
    public void When_dialling_beside_a_deaf_connection_fails_it_ends_too()
    {
        var (own, theirs) = BothDialled();
        _state.Closed(own, "reset", _now);
        var again = LinkOf(Dial);

        _state.Closed(again, "refused", _now);

        Assert.Contains(_state.TakeEffects(), e => e.Kind == Close && e.Link == theirs);
        Assert.False(_state.HasLinks);
    }

    [Fact]
    public void A_peer_that_dials_long_after_has_lost_its_connection()
    {
        var own = DialTo(uid: 7);
        _now += Timings.HandshakeTimeout + TimeSpan.FromSeconds(1);

        var theirs = Accept(uid: 7, out var effects);

        Assert.Contains(effects, e => e.Kind == SendDisassociate && e.Link == own);
        Assert.Contains(effects, e => e.Kind == Close && e.Link == own);
        Assert.Equal(theirs, _state.WritableLink);
    }

    [Fact]
    public void The_same_uid_dialling_again_replaces_its_connection()
    {
        var first = Accept(uid: 7);

        var second = Accept(uid: 7, out var effects);

        Assert.Contains(effects, e => e.Kind == Close && e.Link == first);
        Assert.DoesNotContain(effects, e => e.Kind == NewIncarnation);
        Assert.Equal(second, _state.WritableLink);
    }

    [Fact]
    public void A_new_uid_is_a_new_incarnation_and_ends_the_connections_of_the_old()
    {
        var old = DialTo(uid: 7);

        var fresh = Accept(uid: 8, out var effects);

        Assert.Contains(effects, e => e.Kind == Close && e.Link == old);
        Assert.Contains(effects, e => e.Kind == NewIncarnation && e.Uid == 8);
        Assert.Equal(fresh, _state.WritableLink);
    }

    [Fact]
    public void The_first_incarnation_is_not_a_new_one()
    {
        Accept(uid: 7, out var effects);

        Assert.DoesNotContain(effects, e => e.Kind == NewIncarnation);
    }

    [Fact]
    public void A_quarantined_peer_is_answered_then_told_and_closed()
    {
        _state.Quarantine(7, _now);
        _state.TakeEffects();

        var link = Accept(uid: 7, out var effects);

        Assert.Equal([Greet, SendQuarantined, Close], effects.Select(e => e.Kind));
        Assert.All(effects, e => Assert.Equal(link, e.Link));
        Assert.False(_state.HasLinks);
    }

    [Fact]
    public void Quarantine_ends_the_connection_and_says_why()
    {
        var link = DialTo(uid: 7);

        _state.Quarantine(7, _now);

        Assert.Equal([Quarantined, SendQuarantined, SendDisassociate, Disassociated, Close, DropQueued], Kinds());
        Assert.False(_state.HasLinks);
        Assert.NotEqual(link, _state.WritableLink);
    }

    [Fact]
    public void That_an_incarnation_was_given_up_is_told_once()
    {
        DialTo(uid: 7);
        _state.Quarantine(7, _now);
        _state.TakeEffects();

        _state.Quarantine(7, _now);

        Assert.DoesNotContain(Quarantined, Kinds());
    }

    [Fact]
    public void A_dial_answered_by_a_quarantined_uid_is_refused()
    {
        _state.Quarantine(7, _now);
        _now += Timings.RetryGateClosedFor;
        _state.TakeEffects();
        _state.Want(_now);
        var link = LinkOf(Dial);
        _state.Connected(link, _now);
        _state.TakeEffects();

        _state.Answered(link, 7, _now);

        Assert.Equal([SendQuarantined, Close, Failed, DropQueued], Kinds());
    }

    [Fact]
    public void A_new_incarnation_of_a_quarantined_address_is_welcome()
    {
        DialTo(uid: 7);
        _state.Quarantine(7, _now);
        _state.TakeEffects();

        var link = Accept(uid: 8, out var effects);

        Assert.Contains(effects, e => e.Kind == Associated && e.Uid == 8);
        Assert.Equal(link, _state.WritableLink);
    }

    [Fact]
    public void Quarantining_an_old_incarnation_leaves_the_present_one_alone()
    {
        DialTo(uid: 7);
        var link = Accept(uid: 8);

        _state.Quarantine(7, _now);

        Assert.Equal(link, _state.WritableLink);
        Assert.Empty(Kinds());
    }

    [Fact]
    public void A_quarantine_marker_is_forgotten_in_the_end()
    {
        _state.Quarantine(7, _now);
        _now += Timings.QuarantineRemembered;
        _state.Tick(_now);
        _state.TakeEffects();

        Accept(uid: 7, out var effects);

        Assert.Contains(effects, e => e.Kind == Associated);
    }

    [Fact]
    public void Being_quarantined_by_the_peer_is_told()
    {
        var link = DialTo(uid: 7);

        _state.Disassociated(link, ControlCommand.DisassociateQuarantined, _now);

        Assert.Equal(QuarantinedByPeer, Kinds()[0]);
        Assert.False(_state.Want(_now));
    }

    [Fact]
    public void Heartbeats_go_out_at_their_interval_and_silence_ends_a_connection()
    {
        var link = DialTo(uid: 7);
        var start = _now;
        for (var second = 1; second <= 120; second++)
            _state.Tick(_now = start + TimeSpan.FromSeconds(second));
        Assert.Equal(30, _state.TakeEffects().Count(e => e.Kind == SendHeartbeat && e.Link == link));

        _state.Tick(start + TimeSpan.FromSeconds(124));

        Assert.Equal([Abort, Failed, Disassociated, DropQueued], Kinds());
    }

    [Fact]
    public void Any_sign_of_life_keeps_a_connection()
    {
        var link = DialTo(uid: 7);
        _state.Heard(link, _now + TimeSpan.FromSeconds(100));

        _state.Tick(_now + TimeSpan.FromSeconds(130));

        Assert.Equal(link, _state.WritableLink);
    }

    [Fact]
    public void A_handshake_without_an_answer_is_given_up()
    {
        _state.Want(_now);
        var link = LinkOf(Dial);
        _state.Connected(link, _now);
        _state.TakeEffects();

        _state.Tick(_now + Timings.HandshakeTimeout);

        Assert.Equal([Abort, Failed, DropQueued], Kinds());
    }

    [Fact]
    public void Without_passive_connections_an_accepted_one_is_only_read()
    {
        var state = new AssociationState(Timings with { UsePassiveConnections = false });
        state.Accepted(state.NextLink(), 7, _now);

        Assert.Equal(0, state.WritableLink);
        Assert.True(state.Want(_now));
        Assert.Contains(state.TakeEffects(), e => e.Kind == Dial);
    }

    [Fact]
    public void After_shutdown_nobody_is_let_in()
    {
        DialTo(uid: 7);
        _state.ShutDown();
        Assert.Empty(Kinds()); // what waits goes out first
        _state.Drained();
        Assert.Equal([SendShuttingDown, Disassociated, Close], Kinds());

        Accept(uid: 7, out var effects);

        Assert.DoesNotContain(effects, e => e.Kind == Associated);
        Assert.False(_state.Want(_now));
    }

    private int DialTo(long uid)
    {
        Assert.True(_state.Want(_now));
        var link = LinkOf(Dial);
        _state.Connected(link, _now);
        Assert.Equal([Greet], Kinds());
        _state.Answered(link, uid, _now);
        Assert.Contains(Associated, Kinds());
        return link;
    }

    private (int Own, int Theirs) BothDialled()
    {
        _state.Want(_now);
        var own = LinkOf(Dial);
        _state.Connected(own, _now);
        var theirs = Accept(uid: 7);
        _state.Answered(own, 7, _now);
        _state.TakeEffects();
        return (own, theirs);
    }

    private int Accept(long uid) => Accept(uid, out _);

    private int Accept(long uid, out IReadOnlyList<AssociationEffect> effects)
    {
        var link = _state.NextLink();
        _state.Accepted(link, uid, _now);
        effects = _state.TakeEffects();
        return link;
    }

    private int LinkOf(AssociationEffectKind kind) => _state.TakeEffects().Last(e => e.Kind == kind).Link;

    private List<AssociationEffectKind> Kinds() => [.. _state.TakeEffects().Select(e => e.Kind)];
}
