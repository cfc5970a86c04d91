using Actors.Client.Cache;
using Actors.Messages;
using Actors.NodeShell;
using static Actors.Client.Tests.Cache.ReplicaScene;

namespace Actors.Client.Tests.Cache;

/// <summary>What was edited here is proposed in the order in which it was completed.</summary>
public sealed class OrderTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly string Large = new('x', 70_000);
    private readonly ReplicaScene _scene = new(newNameQuiet: Quiet);

    public OrderTests()
    {
        _scene.JoinAt(1, File("pointer", "old", 1), File("b", "old", 1), File("c", "old", 1));
        foreach (var name in _scene.Names)
            _scene.Look(name);
    }

    [Fact]
    public void What_points_to_a_new_file_travels_with_it_and_not_before()
    {
        _scene.Complete("blob-1", "d");
        _scene.Complete("pointer", "see blob-1");
        Assert.Empty(_scene.Pushes());
        _scene.BelieveNewNames(Quiet);
        Assert.Equal(["blob-1, pointer"], Sent());
    }

    [Fact]
    public void A_known_name_with_nothing_before_it_goes_at_once()
    {
        _scene.Complete("pointer", "new");
        Assert.Equal(["pointer"], Sent());
    }

    [Fact]
    public void A_file_that_was_noticed_and_not_read_yet_is_waited_for()
    {
        _scene.NoticeAt("b");
        _scene.Complete("pointer", "see b");
        Assert.Empty(_scene.Pushes());
        _scene.Save("b", "new");
        Assert.Equal(["b, pointer"], Sent());
    }

    [Fact]
    public void A_file_that_is_saved_again_takes_its_new_place()
    {
        _scene.Complete("blob-1", "1");
        _scene.BelieveNewNames(Quiet / 2);
        _scene.Complete("pointer", "see blob-1");
        _scene.Complete("blob-2", "2");
        _scene.Complete("pointer", "see blob-2");
        _scene.BelieveNewNames(Quiet / 2);
        Assert.Equal(["blob-1"], Sent());
        _scene.BelieveNewNames(Quiet / 2);
        Assert.Equal(["blob-2, pointer"], Sent());
    }

    [Fact]
    public void An_editor_that_saves_by_a_temporary_name_waits_for_nothing()
    {
        _scene.Complete("pointer.tmp", "new");
        _scene.Remove("pointer.tmp");
        _scene.Complete("pointer", "new");
        Assert.Equal(["pointer"], Sent());
    }

    [Fact]
    public void A_save_after_a_deletion_waits_until_that_is_believed_and_goes_with_it()
    {
        _scene.Delete("b");
        _scene.Complete("pointer", "b is gone");
        Assert.Empty(_scene.Pushes());
        _scene.BelieveAbsences();
        Assert.Equal(["b, pointer"], Sent());
    }

    [Fact]
    public void A_file_that_is_not_ready_is_passed_after_the_patience_once_and_the_history_says_so()
    {
        _scene.NoticeAt("b");
        _scene.Do(replica => replica.Observe(new Observation.Busy(P("b"))));
        _scene.Clock.Advance(Patience / 2);
        _scene.Complete("pointer", "new");
        Assert.NotNull(_scene.Replica.Outgoing.OrderDueNs);
        Assert.False(_scene.Replica.IsSettled);
        Assert.Empty(_scene.Pushes());
        _scene.Clock.Advance(Patience / 2);
        _scene.Do(_ => { });
        var effects = _scene.Effects();
        Assert.Equal("pointer", Assert.Single(effects.OfType<ReplicaEffect.SendPush>()).Push.Changes[0].Path.ToString());
        Assert.Equal("b", Assert.Single(effects.OfType<ReplicaEffect.Record>(), record => record.Event.Name == EventNames.Overtook).Event.Path);
        _scene.Complete("c", "new");
        Assert.DoesNotContain(_scene.Effects(), effect => effect is ReplicaEffect.Record { Event.Name: EventNames.Overtook });
        _scene.Save("b", "ready at last");
        Assert.Equal(["b"], Sent());
    }

    [Fact]
    public void What_is_saved_all_the_time_behind_new_names_waits_no_longer_than_the_patience()
    {
        var pushed = 0;
        for (var i = 0; i < 50; i++)
        {
            _scene.Complete($"blob-{i}", "blob");
            _scene.Complete("pointer", $"see blob-{i}");
            _scene.BelieveNewNames(Quiet * 0.9);
            pushed += _scene.Pushes().Count(push => push.Changes.Any(change => change.Path == P("pointer")));
        }
        Assert.True(pushed >= 1);
    }

    [Fact]
    public void A_file_that_somebody_began_to_write_and_has_not_closed_is_not_waited_for()
    {
        _scene.NoticeAt("b", isCompleted: false);
        _scene.Do(replica => replica.Observe(new Observation.Busy(P("b"))));
        _scene.Complete("pointer", "new");
        Assert.Equal(["pointer"], Sent());
    }

    [Fact]
    public void What_was_written_for_long_has_waited_for_nothing_when_it_is_closed()
    {
        _scene.NoticeAt("b", isCompleted: false);
        _scene.Clock.Advance(2 * Patience);
        _scene.Delete("c");
        _scene.Complete("b", "c is gone");
        Assert.Empty(_scene.Pushes());
        _scene.BelieveAbsences();
        Assert.Equal(["c, b"], Sent());
    }

    [Fact]
    public void What_the_node_itself_has_put_there_has_not_waited_since_though_an_edit_is_seen_before_its_notice()
    {
        _scene.Notice(2, ("b", 2));
        _scene.Answer(2, File("b", "theirs", 2));
        _scene.Complete("b", "theirs");
        _scene.Clock.Advance(2 * Patience);
        _scene.NoticeAt("c");
        _scene.Complete("b", "mine", isNoticeLate: true);
        Assert.Empty(_scene.Pushes());
        _scene.Look("c");
        _scene.Look("b");
        Assert.Equal(["b"], Sent());
    }

    [Fact]
    public void What_has_waited_long_enough_and_was_noticed_again_takes_along_what_is_ready_before_it()
    {
        _scene.NoticeAt("b");
        _scene.Clock.Advance(Patience);
        _scene.Delete("c");
        _scene.Complete("pointer", "new");
        Assert.Empty(_scene.Pushes());
        _scene.Complete("b", "new", isNoticeLate: true);
        Assert.Equal(["pointer, b"], Sent());
    }

    [Fact]
    public void What_was_completed_once_with_nothing_to_commit_has_not_waited_since()
    {
        _scene.Complete("b", "old");
        _scene.Clock.Advance(2 * Patience);
        _scene.Delete("c");
        _scene.Complete("b", "c is gone");
        Assert.Empty(_scene.Pushes());
        _scene.BelieveAbsences();
        Assert.Equal(["c, b"], Sent());
    }

    [Fact]
    public void Each_file_of_an_upload_that_is_passed_is_in_the_history()
    {
        _scene.Complete("blob-1", Large);
        _scene.Complete("blob-2", Large + "y");
        _scene.BelieveNewNames(Quiet);
        Assert.Equal(["blob-1, blob-2"], Sent());
        _scene.Complete("pointer", "see them");
        _scene.Clock.Advance(Patience);
        _scene.Do(_ => { });
        Assert.Equal(["blob-1", "blob-2"], Overtaken());
    }

    [Fact]
    public void What_can_never_be_synced_is_not_waited_for()
    {
        _scene.NoticeAt("link");
        _scene.Do(replica => replica.Observe(new Observation.Unfit(P("link"), "symbolic links are not synced") { IsForeign = true }));
        _scene.Complete("pointer", "new");
        Assert.Equal(["pointer"], Sent());
    }

    [Fact]
    public void After_lost_notices_there_is_no_order_to_keep()
    {
        _scene.Complete("blob-1", "d");
        _scene.Complete("pointer", "see blob-1");
        _scene.Do(replica => replica.Observe(new Observation.OrderLost()));
        Assert.Equal(["pointer"], Sent());
    }

    [Fact]
    public void A_large_file_travels_by_itself_and_later_changes_wait_for_its_outcome()
    {
        _scene.NoticeAt("b");
        _scene.Complete("c", "small");
        _scene.Complete("pointer", Large);
        _scene.Complete("d", "new");
        _scene.Complete("c", "see pointer");
        _scene.BelieveNewNames(Quiet);
        Assert.Empty(_scene.Pushes());
        _scene.Save("b", "small");
        var pushes = _scene.Pushes();
        Assert.Equal(["b", "pointer"], Text(pushes));
        _scene.Accept(pushes[0].Counter, 2, 2);
        Assert.Empty(_scene.Pushes());
        _scene.Accept(pushes[1].Counter, 3, 3);
        Assert.Equal(["d, c"], Sent());
    }

    [Fact]
    public void An_upload_is_passed_after_the_patience_and_what_passes_does_not_follow_it()
    {
        _scene.Complete("pointer", Large);
        _scene.Complete("b", "new");
        var upload = Assert.Single(Sends());
        _scene.Clock.Advance(Patience);
        _scene.Do(_ => { });
        Assert.Equal(0UL, Assert.Single(Sends()).Follows);
        _scene.Complete("c", "new");
        Assert.Equal(upload.Push.Counter + 1, Assert.Single(Sends()).Follows);
    }

    [Fact]
    public void What_has_waited_long_enough_takes_along_what_is_ready_before_it()
    {
        _scene.NoticeAt("pointer");
        _scene.Clock.Advance(Patience);
        _scene.NoticeAt("b");
        _scene.Complete("c", "2");
        Assert.Empty(_scene.Pushes());
        _scene.Complete("pointer", "see c");
        Assert.Equal(["c, pointer"], Sent());
    }

    [Fact]
    public void What_follows_a_refused_push_is_made_anew_in_the_same_order()
    {
        _scene.Complete("b", "1");
        _scene.Complete("c", "2");
        _scene.Complete("pointer", "3");
        var sends = Sends();
        Assert.Equal([0, sends[0].Push.Counter, sends[1].Push.Counter], sends.Select(send => send.Follows));
        Refuse(sends[0], PushRejection.ContentGone);
        _scene.Answer(1);
        // Nothing is sent while answers of those that follow it are on the way.
        Assert.Empty(_scene.Pushes());
        Refuse(sends[1], PushRejection.Order);
        Assert.Empty(_scene.Pushes());
        Refuse(sends[2], PushRejection.Order);
        Assert.Equal(["b, c, pointer"], Sent());
    }

    [Fact]
    public void Refusals_for_the_sake_of_an_earlier_push_are_not_held_against_a_path()
    {
        _scene.Complete("b", "1");
        for (var i = 0; i < 5; i++)
        {
            _scene.Complete("c", $"{i}");
            var send = Sends()[^1];
            Refuse(send, PushRejection.Order);
            _scene.Accept(send.Follows, (ulong)i + 2, (ulong)i + 2);
            _scene.Complete("b", $"{i} again");
        }
        Assert.Empty(_scene.Replica.Report().Held);
    }

    [Fact]
    public void A_push_that_was_put_off_goes_again_as_soon_as_the_one_before_it_is_accepted()
    {
        _scene.Complete("b", "1");
        _scene.Complete("c", "2");
        var sends = Sends();
        Refuse(sends[1], PushRejection.Unavailable);
        Assert.Empty(Sends());
        _scene.Accept(sends[0].Push.Counter, 2, 2);
        Assert.Equal(sends[1].Push.Counter, Assert.Single(Sends()).Push.Counter);
    }

    [Fact]
    public void A_push_that_was_put_off_is_made_anew_when_the_one_before_it_is_refused()
    {
        _scene.Complete("b", "1");
        _scene.Complete("c", "2");
        var sends = Sends();
        Refuse(sends[1], PushRejection.Unavailable);
        Refuse(sends[0], PushRejection.ContentGone);
        _scene.Answer(1);
        Assert.Equal(["b, c"], Sent());
    }

    [Fact]
    public void Whoever_hears_that_a_push_was_refused_for_an_earlier_one_asks_for_the_outcome_of_that()
    {
        _scene.Complete("b", "1");
        _scene.Complete("c", "2");
        var sends = Sends();
        Refuse(sends[1], PushRejection.Order);
        Assert.Empty(Sends());
        _scene.Do(replica => replica.Tick());
        Assert.Equal(sends[0].Push.Counter, Assert.Single(Sends()).Push.Counter);
        Refuse(sends[0], PushRejection.ContentGone);
        _scene.Answer(1);
        Assert.Equal(["b, c"], Sent());
    }

    [Fact]
    public void What_an_open_push_follows_is_not_said_to_be_settled()
    {
        _scene.Complete("b", "1");
        _scene.Complete("c", "2");
        var sends = Sends();
        _scene.Accept(sends[0].Push.Counter, 2, 2);
        Assert.Equal(sends[0].Push.Counter - 1, _scene.Replica.Outgoing.SettledThrough);
        _scene.Accept(sends[1].Push.Counter, 3, 3);
        Assert.Equal(sends[1].Push.Counter, _scene.Replica.Outgoing.SettledThrough);
    }

    [Fact]
    public void What_a_join_says_was_refused_takes_along_what_followed_it_and_was_not_decided()
    {
        _scene.Complete("b", "1");
        _scene.Complete("c", "2");
        var sends = Sends();
        _scene.Do(replica => replica.Leave());
        var refused = new RefusedPush(sends[0].Push.Counter, PushRejection.ContentGone, [], "gone");
        _scene.Join(resumed: true, head: 1, new DoubtOutcome(sends[0].Push.Counter, null, refused), new DoubtOutcome(sends[1].Push.Counter, null, null));
        Assert.Empty(Sends());
        _scene.Answer(1);
        Assert.Equal(["b, c"], Sent());
    }

    [Fact]
    public void What_was_done_without_a_server_is_proposed_in_order_when_there_is_one()
    {
        _scene.Do(replica => replica.Leave());
        _scene.Complete("c", "1");
        _scene.Complete("pointer", Large);
        _scene.Complete("b", "2");
        _scene.Clock.Advance(TimeSpan.FromMinutes(1));
        _scene.Join(resumed: true, head: 1);
        _scene.Answer(1);
        Assert.Equal(["c", "pointer", "b"], Sent());
    }

    private IEnumerable<string?> Overtaken() =>
        _scene.Effects().OfType<ReplicaEffect.Record>().Where(record => record.Event.Name == EventNames.Overtook).Select(record => record.Event.Path);

    private void Refuse(ReplicaEffect.SendPush sent, PushRejection reason) =>
        _scene.Do(replica => replica.Outgoing.Refuse(new RefusedPush(sent.Push.Counter, reason, [], "no"), 1));

    private IReadOnlyList<ReplicaEffect.SendPush> Sends() => [.. _scene.Effects().OfType<ReplicaEffect.SendPush>()];

    private IEnumerable<string> Sent() => Text(_scene.Pushes());

    private static IEnumerable<string> Text(IEnumerable<Client.Storage.StoredPush> pushes) =>
        pushes.Select(push => string.Join(", ", push.Changes.Select(change => change.Path)));
}
