using Actors.Messages;
using Actors.Messages.Content;
using Actors.Server.Ledger;
using Actors.Server.Registry;
using Actors.Server.Sessions;
using static Actors.Server.Tests.Ledger.LedgerRig;
using static Actors.Server.Tests.Registry.RegistryRig;

namespace Actors.Server.Tests.Registry;

public sealed class RegistryStateTests
{
    [Fact]
    public void Commands_gather_while_a_batch_is_under_way_and_share_the_next_one()
    {
        var rig = new RegistryRig();
        var session = rig.Join(1);
        Assert.Single(The<RegistryEffect.RunBatch>(rig.State.Step(rig.PushOf(session, 1))).Questions);
        Assert.Empty(rig.State.Step(rig.PushOf(session, 2)));
        Assert.Empty(rig.State.Step(rig.PushOf(session, 3)));
        var effects = rig.Done(1, Committed(1));
        Assert.Equal(2, The<RegistryEffect.RunBatch>(effects).Questions.Count);
    }

    [Fact]
    public void A_batch_is_bounded_in_commands_and_bytes()
    {
        var rig = new RegistryRig(new RegistryLimits { BatchCommandsMax = 3, BatchBytesMax = 250 });
        var session = rig.Join(1);
        rig.State.Step(rig.PushOf(session, 1));
        for (ulong counter = 2; counter <= 6; counter++)
            rig.State.Step(rig.PushOf(session, counter));
        var effects = rig.Done(1, Committed(1));
        Assert.Equal(2, The<RegistryEffect.RunBatch>(effects).Questions.Count);
    }

    [Fact]
    public void A_committed_push_is_accepted_and_announced_and_told()
    {
        var rig = new RegistryRig();
        var (one, _) = (rig.Join(1), rig.Join(2));
        var push = rig.PushOf(one, 1);
        rig.State.Step(push);
        var effects = rig.Done(1, Committed(1));
        var accepted = Sent<PushAccepted>(effects);
        Assert.Equal((one.Node.Session, 1UL, 1UL, 1UL), (accepted.Session, accepted.Counter, accepted.Seq, accepted.Head));
        var news = The<RegistryEffect.Announce>(effects).News;
        Assert.Equal(1UL, news.Head);
        Assert.False(news.Concerns(1));
        Assert.True(news.Concerns(2));
        Assert.Equal("a", Assert.Single(news.Changed!.Paths!).Path.ToString());
        Assert.Equal(
            ["Update received and Invalidation requests being sent to clients: a from Client 1 (version 1)", "Instructing clients to update: version 1"],
            Told(effects));
    }

    [Fact]
    public void No_instructions_are_given_where_there_is_one_client()
    {
        var rig = new RegistryRig();
        var session = rig.Join(1);
        var push = rig.PushOf(session, 1);
        rig.State.Step(push);
        Assert.Single(Told(rig.Done(1, Committed(1))));
    }

    [Fact]
    public void A_head_that_the_own_commits_do_not_explain_is_announced_without_paths()
    {
        var rig = new RegistryRig();
        var session = rig.Join(1);
        var push = rig.PushOf(session, 1);
        rig.State.Step(push);
        Assert.Null(The<RegistryEffect.Announce>(rig.Done(5, Committed(5))).News.Changed);
        rig.State.Step(JoinOf(Node(2)));
        Assert.Null(The<RegistryEffect.Announce>(rig.Done(6, rig.Admission(Node(2)))).News.Changed);
        rig.State.Step(JoinOf(Node(3)));
        Assert.Empty(rig.Done(6, rig.Admission(Node(3))).OfType<RegistryEffect.Announce>());
    }

    [Fact]
    public void A_push_under_decision_that_comes_again_is_not_queued_twice()
    {
        var rig = new RegistryRig();
        var session = rig.Join(1);
        rig.State.Step(rig.PushOf(session, 1));
        Assert.Empty(rig.State.Step(rig.PushOf(session, 1)));
        var effects = rig.Done(1, Committed(1));
        Assert.Empty(effects.OfType<RegistryEffect.RunBatch>());
    }

    [Fact]
    public void A_probe_asks_for_as_much_room_as_what_has_failed_needed()
    {
        var rig = new RegistryRig();
        var session = rig.Join(1);
        rig.State.Step(rig.PushOf(session, 1));
        rig.State.Step(new RegistryEvent.BatchFailed(rig.State.BatchUnderWay!, "the disk is full"));
        Assert.Equal(100, The<RegistryEffect.RunBatch>(rig.State.Step(RegistryEvent.ProbeDue.Instance)).RoomBytes);
        Assert.Empty(Told(rig.State.Step(new RegistryEvent.BatchFailed(rig.State.BatchUnderWay!, "the disk is full"))));
        Assert.Equal(100, The<RegistryEffect.RunBatch>(rig.State.Step(RegistryEvent.ProbeDue.Instance)).RoomBytes);
        Assert.Equal(["The server can write again and goes on"], Told(rig.Done(0)));
    }

    [Fact]
    public void A_push_of_a_session_that_is_over_is_fenced()
    {
        var rig = new RegistryRig();
        var old = rig.Join(1);
        rig.Join(1, incarnation: 2);
        Assert.Equal(PushRejection.Fenced, Refusal(rig, new Push { Session = old.Node.Session, Counter = 1 }, 1)!.Reason);
    }

    [Fact]
    public void A_client_that_asks_again_while_it_is_in_is_told_once_and_a_newer_process_of_it_again()
    {
        var rig = new RegistryRig();
        rig.State.Step(JoinOf(Node(1, 1)));
        Assert.Equal(["Connected with Client 1"], Told(rig.Done(0, rig.Admission(Node(1, 1)))));
        rig.State.Step(JoinOf(Node(1, 1)));
        Assert.Empty(Told(rig.Done(0, rig.Admission(Node(1, 1)))));
        rig.State.Step(JoinOf(Node(1, 2)));
        Assert.Equal(["Connected with Client 1"], Told(rig.Done(0, rig.Admission(Node(1, 2)))));
    }

    [Fact]
    public void A_newer_process_replaces_the_old_session_and_the_same_process_does_not()
    {
        var rig = new RegistryRig();
        var old = rig.Join(1);
        rig.State.Step(JoinOf(Node(1, 2)));
        var (closed, close) = Closed(rig.Done(0, rig.Admission(Node(1, 2))));
        Assert.Equal((old.Node.Session, true), (closed, close.Replaced));
        rig.State.Step(JoinOf(Node(1, 2)));
        Assert.False(Closed(rig.Done(0, rig.Admission(Node(1, 2)))).Message.Replaced);
        Assert.Single(rig.State.Sessions);
    }

    [Fact]
    public void A_new_epoch_makes_all_other_clients_join_again()
    {
        var rig = new RegistryRig();
        var (one, two) = (rig.Join(1), rig.Join(2));
        rig.State.Step(JoinOf(Node(3)));
        var effects = rig.Done(0, rig.Admission(Node(3), newEpoch: true));
        Assert.Equal([one.Node.Session, two.Node.Session], ToSessions<CloseSession>(effects).Select(close => close.Session));
        Assert.Equal(3U, Assert.Single(rig.State.Sessions).Node.Number);
    }

    [Fact]
    public void A_join_that_is_asked_again_before_its_turn_is_answered_once()
    {
        var rig = new RegistryRig();
        rig.State.Step(JoinOf(Node(1)));
        rig.State.Step(JoinOf(Node(2), attempt: 1));
        rig.State.Step(JoinOf(Node(2), attempt: 2));
        Assert.Single(The<RegistryEffect.RunBatch>(rig.Done(0, rig.Admission(Node(1)))).Questions);
        Assert.Equal(2UL, The<RegistryEffect.OpenSession>(rig.Done(0, rig.Admission(Node(2)))).Terms.Attempt);
    }

    [Fact]
    public void A_full_server_turns_newcomers_away_and_lets_the_known_come_back()
    {
        var rig = new RegistryRig(new RegistryLimits { ClientsMax = 1 });
        var session = rig.Join(1);
        Assert.Equal(JoinRefusal.Busy, Sent<JoinRefused>(rig.State.Step(JoinOf(Node(2)))).Reason);
        The<RegistryEffect.RunBatch>(rig.State.Step(JoinOf(Node(1))));
        rig.Done(0, rig.Admission(Node(1)));
        rig.State.Step(new RegistryEvent.SessionEnded(session.Node.Session + 1));
        The<RegistryEffect.RunBatch>(rig.State.Step(JoinOf(Node(2))));
    }

    [Fact]
    public void A_push_that_lacks_content_is_held_and_decided_when_the_content_is_here()
    {
        var rig = new RegistryRig();
        var session = rig.Join(1);
        var push = rig.PushOf(session, 1);
        rig.State.Step(push);
        var content = ContentRef.Of("1"u8);
        var effects = rig.Done(0, new LedgerResult.ContentAwaited([content]));
        var missing = Sent<ContentMissing>(effects);
        Assert.Equal((1UL, 1UL), (missing.Counter, missing.BytesMissing));
        Assert.Equal(content, Assert.Single(Assert.Single(ToSessions<FetchContents>(effects)).Message.Missing));
        Assert.Equal(1UL, Sent<ContentMissing>(rig.State.Step(push)).Counter);
        Assert.False(rig.State.IsFetchingNothing);
        var decide = The<RegistryEffect.RunBatch>(rig.State.Step(new RegistryEvent.ContentCame(session.Node.Session, 1)));
        Assert.Null(Assert.IsType<RegistryEvent.PushCame>(Assert.Single(decide.Questions)).WhyGivenUp);
        Assert.Empty(rig.State.Step(new RegistryEvent.ContentCame(session.Node.Session, 1)));
    }

    [Fact]
    public void A_push_whose_content_is_gone_is_given_up_in_the_ledger()
    {
        var rig = new RegistryRig();
        var session = rig.Join(1);
        var push = rig.PushOf(session, 1);
        rig.State.Step(push);
        rig.Done(0, new LedgerResult.ContentAwaited([ContentRef.Of("1"u8)]));
        var batch = The<RegistryEffect.RunBatch>(rig.State.Step(new RegistryEvent.ContentGone(session.Node.Session, 1, "it changed")));
        Assert.Equal("it changed", Assert.IsType<RegistryEvent.PushCame>(Assert.Single(batch.Questions)).WhyGivenUp);
    }

    [Fact]
    public void Pushes_that_wait_are_bounded_in_bytes_and_the_bytes_come_back()
    {
        var rig = new RegistryRig(new RegistryLimits { PushBytesWaitingMax = 250 });
        var (one, two) = (rig.Join(1), rig.Join(2));
        rig.State.Step(rig.PushOf(one, 1));
        rig.State.Step(rig.PushOf(one, 2));
        Assert.Equal(PushRejection.Unavailable, Sent<PushRejected>(rig.State.Step(rig.PushOf(two, 1))).Reason);
        rig.Done(0, new LedgerResult.ContentAwaited([ContentRef.Of("1"u8)]));
        rig.Done(1, Committed(1));
        rig.State.Step(new RegistryEvent.SessionEnded(one.Node.Session));
        rig.State.Step(rig.PushOf(two, 1));
        Assert.Empty(rig.State.Step(rig.PushOf(two, 2)).OfType<RegistryEffect.Send>());
    }

    [Fact]
    public void A_push_that_is_turned_away_in_any_case_is_not_read_first()
    {
        var rig = new RegistryRig(new RegistryLimits { PushBytesWaitingMax = 250 });
        var session = rig.Join(1);
        var push = new Push { Session = session.Node.Session, Counter = 1 };
        Assert.Null(Refusal(rig, push, 250));
        Assert.Equal(PushRejection.Unavailable, Refusal(rig, push, 251)!.Reason);
        Assert.Equal(PushRejection.Fenced, Refusal(rig, new Push { Session = 99 }, 1)!.Reason);
        rig.State.Step(rig.PushOf(session, 1));
        Assert.Null(Refusal(rig, push, 251));
    }

    [Fact]
    public void One_client_has_at_most_64_pushes_open()
    {
        var rig = new RegistryRig();
        var session = rig.Join(1);
        for (ulong counter = 1; counter <= 64; counter++)
            Assert.Empty(rig.State.Step(rig.PushOf(session, counter)).OfType<RegistryEffect.Send>());
        Assert.Equal(PushRejection.Unavailable, Sent<PushRejected>(rig.State.Step(rig.PushOf(session, 65))).Reason);
    }

    [Fact]
    public void A_store_that_cannot_write_decides_nothing_until_a_probe_succeeds()
    {
        var rig = new RegistryRig();
        var session = rig.Join(1);
        rig.State.Step(rig.PushOf(session, 1));
        rig.State.Step(rig.PushOf(session, 2));
        rig.State.Step(JoinOf(Node(2)));
        var failed = rig.State.Step(new RegistryEvent.BatchFailed(rig.State.BatchUnderWay!, "the disk is full"));
        Assert.Equal(
            [PushRejection.Unavailable, PushRejection.Unavailable],
            failed.OfType<RegistryEffect.Send>().Select(send => send.Message).OfType<PushRejected>().Select(rejected => rejected.Reason));
        Assert.Equal(JoinRefusal.Busy, failed.OfType<RegistryEffect.Send>().Select(send => send.Message).OfType<JoinRefused>().Single().Reason);
        The<RegistryEffect.ScheduleProbe>(failed);
        Assert.Single(Told(failed));

        Assert.Equal(PushRejection.Unavailable, Sent<PushRejected>(rig.State.Step(rig.PushOf(session, 1))).Reason);
        Assert.Equal(JoinRefusal.Busy, Sent<JoinRefused>(rig.State.Step(JoinOf(Node(2)))).Reason);
        Assert.Empty(The<RegistryEffect.RunBatch>(rig.State.Step(RegistryEvent.ProbeDue.Instance)).Questions);
        var again = rig.State.Step(new RegistryEvent.BatchFailed(rig.State.BatchUnderWay!, "the disk is full"));
        Assert.Empty(Told(again));
        The<RegistryEffect.ScheduleProbe>(again);

        rig.State.Step(RegistryEvent.ProbeDue.Instance);
        Assert.Single(Told(rig.Done(0)));
        The<RegistryEffect.RunBatch>(rig.State.Step(rig.PushOf(session, 1)));
    }

    [Fact]
    public void An_answer_to_a_batch_that_was_handed_out_before_the_registry_started_over_decides_nothing()
    {
        var before = The<RegistryEffect.RunBatch>(new RegistryRig().State.Step(JoinOf(Node(1))));
        var rig = new RegistryRig();
        rig.State.Step(JoinOf(Node(2)));
        Assert.Empty(rig.State.Step(new RegistryEvent.BatchDone(before, [rig.Admission(Node(1))], [])));
        Assert.Empty(rig.State.Step(new RegistryEvent.BatchFailed(before, "the disk is full")));
        The<RegistryEffect.OpenSession>(rig.Done(0, rig.Admission(Node(2))));
    }

    [Fact]
    public void Content_that_cannot_be_stored_gives_the_push_back_undecided()
    {
        var rig = new RegistryRig();
        var session = rig.Join(1);
        var push = rig.PushOf(session, 1);
        rig.State.Step(push);
        rig.Done(0, new LedgerResult.ContentAwaited([ContentRef.Of("1"u8)]));
        var effects = rig.State.Step(new RegistryEvent.ContentUnstored(session.Node.Session, 1, "the disk is full"));
        Assert.Equal(PushRejection.Unavailable, Sent<PushRejected>(effects).Reason);
        The<RegistryEffect.ScheduleProbe>(effects);
    }

    [Fact]
    public void A_stop_closes_all_sessions_and_is_quiet_after_the_batch_under_way()
    {
        var rig = new RegistryRig();
        var session = rig.Join(1);
        var push = rig.PushOf(session, 1);
        rig.State.Step(push);
        rig.State.Step(rig.PushOf(session, 2));
        var effects = rig.State.Step(RegistryEvent.StopAsked.Instance);
        Assert.Equal(session.Node.Session, Closed(effects).Session);
        Assert.Equal(2UL, Sent<PushRejected>(effects).Counter);
        Assert.False(rig.State.IsQuiet);
        Assert.Equal(1UL, Sent<PushAccepted>(rig.Done(1, Committed(1))).Seq);
        Assert.True(rig.State.IsQuiet);
        Assert.Equal(JoinRefusal.Busy, Sent<JoinRefused>(rig.State.Step(JoinOf(Node(2)))).Reason);
    }

    private static PushRejected? Refusal(RegistryRig rig, Push push, long bytes)
    {
        rig.State.MayRead(push, bytes, out _, out var refused);
        return refused;
    }
}
