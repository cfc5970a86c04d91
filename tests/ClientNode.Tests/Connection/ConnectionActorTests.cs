using Actors.Client.Connection;
using Actors.Client.FileSystem;
using Actors.Messages;
using Actors.Messages.Wire;
using Actors.NodeShell;

namespace Actors.Client.Tests.Connection;

public sealed class ConnectionActorTests : ConnectionTestKit
{
    [Fact]
    public void A_welcomed_client_says_so_and_pulls()
    {
        var connection = Start();
        Welcome(connection, ExpectJoin());
        AwaitAssert(() => Assert.Equal(["Client 1 welcomes you!", "Connected with server as Client 1"], Journal.Lines.Where(line => line.Contains("Client 1"))), Patience);
        Assert.Equal(new ConnectionActor.ConnectionAnswer(true, 1, "Client 1", null), Ask(connection));
    }

    [Theory]
    [InlineData(JoinRefusal.Protocol, "same protocol")]
    [InlineData(JoinRefusal.UnknownShare, "--share")]
    [InlineData(JoinRefusal.Malformed, "check the options")]
    public void A_refusal_that_time_does_not_mend_ends_the_node_with_what_to_do(JoinRefusal reason, string whatToDo)
    {
        var connection = Start();
        var join = ExpectJoin();
        connection.Tell(new JoinRefused { Attempt = join.Attempt, Reason = reason, Text = "so says the server" });
        var end = ExpectEnd();
        Assert.Contains("so says the server", end.Message);
        Assert.Contains(whatToDo, end.WhatToDo);
    }

    [Theory]
    [InlineData("the address is now gated. Reason: the connection was closed before the handshake was answered", "cannot be used: the connection was closed")]
    [InlineData("the address is now gated. Reason: ConnectionRefused", "No server at")]
    public void What_the_story_says_of_a_server_that_cannot_be_reached_depends_on_why(string cause, string told)
    {
        Start();
        ExpectJoin();
        Sys.EventStream.Publish(new AssociationErrorEvent(new InvalidOperationException(cause), Provider.DefaultAddress, Provider.DefaultAddress, false, LogLevel.WarningLevel));
        AwaitAssert(() => Assert.Contains(Journal.Lines, line => line.Contains(told)), Patience);
    }

    [Fact]
    public void A_client_that_the_server_has_no_time_for_comes_again_as_the_same()
    {
        var connection = Start();
        var first = ExpectJoin();
        connection.Tell(new JoinRefused { Attempt = first.Attempt, Reason = JoinRefusal.Busy });
        var second = ExpectJoin();
        Assert.True(second.Attempt > first.Attempt);
        Assert.Equal(first.Node, second.Node);
    }

    [Fact]
    public void An_identity_that_another_replica_has_is_given_up_and_nothing_counts_as_agreed_on()
    {
        var connection = Start();
        var first = ExpectJoin();
        connection.Tell(new JoinRefused { Attempt = first.Attempt, Reason = JoinRefusal.IdentityInUse });
        var second = ExpectJoin();
        Assert.NotEqual(first.Node.Id, second.Node.Id);
        Assert.Equal(second.Node.Id, Store.ReadFacts().Identity!.Id.ToBytes());
        Assert.Null(second.Position);
        Assert.Contains(Journal.Lines, line => line.Contains("new identity"));
    }

    [Fact]
    public void A_server_that_takes_its_time_is_not_said_to_be_missing()
    {
        var connection = Start();
        var first = ExpectJoin();
        var second = ExpectJoin();
        Assert.True(second.Attempt > first.Attempt);
        Welcome(connection, second);
        Assert.True(Ask(connection).IsConnected);
        Assert.DoesNotContain(Journal.Lines, line => line.Contains("No server"));
    }

    [Fact]
    public void A_server_that_does_not_answer_for_long_is_said_to_be_missing_once()
    {
        Start();
        AwaitAssert(() => Assert.Contains(Journal.Lines, line => line.Contains("No server")), Patience);
        ExpectJoin();
        ExpectJoin();
        Assert.Single(Journal.Lines, line => line.Contains("No server"));
    }

    [Fact]
    public void A_server_that_admits_no_client_for_long_is_said_to_be_there_once_with_the_reason()
    {
        var connection = Start();
        for (var joins = 0; joins < 100 && !Journal.Lines.Any(line => line.Contains("admits no client now")); joins++)
            Refuse(ExpectJoin());
        Refuse(ExpectJoin());
        Refuse(ExpectJoin());
        ExpectJoin();
        Assert.Contains("the server cannot write: the disk is full", Assert.Single(Journal.Lines, line => line.Contains("admits no client now")));
        Assert.DoesNotContain(Journal.Lines, line => line.Contains("No server"));

        void Refuse(Join join) =>
            connection.Tell(new JoinRefused { Attempt = join.Attempt, Reason = JoinRefusal.Busy, Text = "the server cannot write: the disk is full" });
    }

    [Fact]
    public void An_answer_to_an_earlier_join_does_not_count()
    {
        var connection = Start();
        var first = ExpectJoin();
        var second = ExpectJoin();
        connection.Tell(new JoinRefused { Attempt = first.Attempt, Reason = JoinRefusal.UnknownShare });
        connection.Tell(WelcomeTo(first), CreateTestProbe().Ref);
        Welcome(connection, second);
        Assert.True(Ask(connection).IsConnected);
    }

    [Fact]
    public void A_welcome_that_names_actors_of_another_node_is_not_believed()
    {
        var connection = Start();
        var join = ExpectJoin();
        var welcome = WelcomeTo(join);
        welcome.Registry = "akka.tcp://Server@127.0.0.1:1/user/registry#1";
        connection.Tell(welcome, Session.Ref);
        Assert.True(ExpectJoin().Attempt > join.Attempt);
        Assert.False(Ask(connection).IsConnected);
    }

    [Fact]
    public void A_session_that_another_process_has_taken_over_ends_in_a_new_identity()
    {
        var connection = Start();
        var first = ExpectJoin();
        var welcome = Welcome(connection, first);
        connection.Tell(new SessionClosed { Session = welcome.Session, Secret = Secret, Replaced = true });
        Assert.NotEqual(first.Node.Id, ExpectJoin().Node.Id);
    }

    [Fact]
    public void What_does_not_carry_the_sessions_secret_is_dropped_and_counted()
    {
        var connection = Start();
        var join = ExpectJoin();
        var welcome = Welcome(connection, join);
        connection.Tell(new SessionClosed { Session = welcome.Session, Replaced = true });
        Resolve(join.Cache).Tell(new Invalidate { Session = welcome.Session, Epoch = Epoch.ToBytes(), Head = 9 });
        Resolve(join.Transfer).Tell(new PullChunks { Session = welcome.Session, Secret = Google.Protobuf.ByteString.CopyFrom(new byte[16]) });
        AwaitAssert(() => Assert.Equal(3, Refusals.Of(Sys).Count), Patience);
        Assert.True(Ask(connection).IsConnected);
    }

    [Fact]
    public void A_welcome_without_a_secret_is_not_one()
    {
        var connection = Start();
        var join = ExpectJoin();
        var welcome = WelcomeTo(join);
        welcome.Secret = Google.Protobuf.ByteString.CopyFrom([1, 2, 3]);
        connection.Tell(welcome, Session.Ref);
        Assert.True(ExpectJoin().Attempt > join.Attempt);
    }

    [Fact]
    public void The_end_of_an_earlier_session_is_not_that_of_this_one()
    {
        var connection = Start();
        var welcome = Welcome(connection, ExpectJoin());
        connection.Tell(new SessionClosed { Session = welcome.Session + 1, Secret = Secret, Replaced = true });
        Assert.True(Ask(connection).IsConnected);
    }

    [Fact]
    public void A_session_that_dies_is_followed_by_another_as_the_same_client()
    {
        var connection = Start();
        var first = ExpectJoin();
        Welcome(connection, first);
        Sys.Stop(Session.Ref);
        var second = ExpectJoin();
        Assert.Equal(first.Node, second.Node);
        Session = CreateTestProbe();
        Welcome(connection, second, answersPull: false);
        Assert.True(Ask(connection).IsConnected);
        Assert.Single(Journal.Lines, line => line == "Client 1 welcomes you!");
    }

    [Fact]
    public void A_server_that_ends_every_session_is_told_of()
    {
        var connection = Start();
        for (var i = 0; i < SessionPatience.ManyInARow; i++)
        {
            Session = CreateTestProbe();
            Welcome(connection, ExpectJoin(), answersPull: false);
            Sys.Stop(Session.Ref);
        }
        ExpectJoin();
        Assert.Contains("sessions in a row", Ask(connection).Trouble);
        Assert.Single(Journal.Lines, line => line.Contains("sessions in a row"));
    }

    [Fact]
    public void Parts_of_fetches_that_are_not_wanted_any_more_go_when_the_replica_has_everything()
    {
        Directory.Write($".actors/staging/{ReplicaLayout.PartName(ReplicaLayout.Own, default)}", "half of something");
        var connection = Start();
        var join = ExpectJoin();
        Welcome(connection, join, answersPull: false);
        Assert.Single(System.IO.Directory.GetFiles(Directory[".actors/staging"]));
        Answer(join, 0);
        AwaitAssert(() => Assert.Empty(System.IO.Directory.GetFiles(Directory[".actors/staging"])), Patience);
    }

    [Fact]
    public void Actors_that_meet_a_bug_start_anew_from_what_is_stored()
    {
        var connection = Start();
        var first = ExpectJoin();
        Welcome(connection, first);
        Sys.ActorSelection(connection.Path / "watcher").Tell(Kill.Instance);
        var again = Registry.FishForMessage<Join>(join => join.Attempt > first.Attempt, Patience);
        Assert.Equal(first.Node.Id, again.Node.Id);
        Assert.True(again.Node.Incarnation > first.Node.Incarnation);
    }

    [Fact]
    public void Actors_that_meet_a_bug_each_time_end_the_node()
    {
        Files.HasBug = true;
        Start();
        Assert.Contains("cannot go on", ExpectEnd().Message);
    }

    [Fact]
    public void A_system_that_the_server_has_given_up_asks_for_a_new_one()
    {
        var connection = Start();
        Welcome(connection, ExpectJoin());
        var address = ((ExtendedActorSystem)Sys).Provider.DefaultAddress;
        Sys.EventStream.Publish(new ThisActorSystemQuarantinedEvent(address, address));
        ExpectNewSystemWanted();
        Assert.Contains(Journal.Lines, line => line.Contains("given this node up"));
    }

    [Fact]
    public void A_client_that_has_given_the_server_up_wants_a_new_system()
    {
        var connection = Start();
        Welcome(connection, ExpectJoin());
        var address = ((ExtendedActorSystem)Sys).Provider.DefaultAddress;
        Sys.EventStream.Publish(new QuarantinedEvent(address, 1));
        ExpectNewSystemWanted();
        Assert.Contains(Journal.Lines, line => line.Contains("The server was silent"));
    }

    [Fact]
    public void A_client_whose_joins_meet_only_silence_wants_a_new_system()
    {
        SilenceMax = TimeSpan.FromSeconds(1);
        Start();
        ExpectNewSystemWanted();
        Assert.Contains(Journal.Lines, line => line.Contains("Neither the server nor its connection answers"));
    }

    [Fact]
    public void A_client_that_is_stopped_takes_its_leave()
    {
        var connection = Start();
        var welcome = Welcome(connection, ExpectJoin());
        Watch(connection);
        connection.Tell(ConnectionActor.StopReplica.Instance, TestActor);
        ExpectMsg<ConnectionActor.ReplicaStopped>(Patience);
        ExpectTerminated(connection, Patience);
        Assert.Equal(welcome.Session, Session.FishForMessage<Leave>(_ => true, Patience).Session);
    }

    [Fact]
    public void The_story_is_reported_in_messages_that_fit_a_frame_and_says_what_is_left_out()
    {
        var connection = Start();
        var story = new StoryRelay();
        story.SendBy(connection);
        for (var number = 1; number <= 1_000; number++)
            story.Narrate(new StoryLine(number, DateTimeOffset.UnixEpoch, new string('\u6f22', 2_000)));
        Welcome(connection, ExpectJoin(), answersPull: false);

        var lines = new List<StoryReportLine>();
        while (lines.Count < StoryRelay.LinesMax + 1)
        {
            var report = Session.FishForMessage<StoryReport>(_ => true, Patience);
            Assert.InRange(report.CalculateSize(), 1, 100_000);
            lines.AddRange(report.Lines);
        }
        Assert.Equal("744 more lines were not sent to the console", lines[0].Text);
        Assert.Equal(Enumerable.Range(744, StoryRelay.LinesMax + 1).Select(n => (ulong)n), lines.Select(line => line.Number));
    }

    private ConnectionActor.ConnectionAnswer Ask(IActorRef connection)
    {
        connection.Tell(ConnectionActor.AskConnection.Instance, TestActor);
        return ExpectMsg<ConnectionActor.ConnectionAnswer>(Patience);
    }
}
