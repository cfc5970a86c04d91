using Actors.Lab.World;
using Akka.Remote.Transport;

namespace Actors.Lab.Tests.World.Network;

public sealed class SimulatedNetworkTests
{
    private readonly SimulatedWorld _world;
    private readonly Endpoint _a;
    private readonly Endpoint _b;

    public SimulatedNetworkTests()
    {
        _world = new SimulatedWorld(7);
        _world.Network.InitialConditions = (_, _, link) => link.TailOneIn = 0;
        _a = new Endpoint(_world, "a");
        _b = new Endpoint(_world, "b");
    }

    [Fact]
    public void Frames_arrive_late_and_in_order()
    {
        Connect();
        _world.Network.Link("a", "b").LatencyMax = TimeSpan.FromMilliseconds(20);
        var text = "";
        for (var i = 0; i < 200; i++)
        {
            _a.Last.Send($"<{i}>");
            text += $"<{i}>";
        }
        Assert.Equal("", _b.Last.Received);
        Pass(0.1);
        Assert.Equal(text, _b.Last.Received);
        _b.Last.Send("back");
        Pass(0.1);
        Assert.Equal("back", _a.Last.Received);
    }

    [Fact]
    public void A_port_without_a_listener_refuses()
    {
        _a.Dial(_b.Port + 100);
        Pass(0.1);
        Assert.Contains("connection refused", Assert.Single(_a.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void An_attempt_without_an_answer_fails_when_its_time_is_over_and_stays_silent_after_that()
    {
        _world.Network.Partition("a", "b");
        _a.Dial(_b.Port);
        Pass(14);
        Assert.Empty(_a.Failures);
        Pass(2);
        Assert.Contains("timed out", Assert.Single(_a.Failures), StringComparison.Ordinal);
        _world.Network.Heal();
        Pass(5);
        Assert.Empty(_a.Lines);
        Assert.Empty(_b.Lines);
    }

    [Fact]
    public void What_was_sent_before_a_close_arrives_and_then_the_end()
    {
        Connect();
        _a.Last.Send("bye");
        _a.Last.Close();
        Assert.False(_a.Last.Send("too late"));
        Pass(0.1);
        Assert.Equal(("bye", DisassociateInfo.Unknown), (_b.Last.Received, _b.Last.Ended));
        Assert.Equal(DisassociateInfo.Unknown, _a.Last.Ended);
        Assert.False(_b.Last.Send("x"));
    }

    [Fact]
    public void A_reset_takes_along_what_is_under_way()
    {
        Connect();
        _a.Last.Send("lost");
        _world.Network.Reset("b", "a");
        Pass(0.1);
        Assert.Equal(("", DisassociateInfo.Shutdown), (_b.Last.Received, _b.Last.Ended));
        Assert.Equal(DisassociateInfo.Shutdown, _a.Last.Ended);
        Assert.Equal(1, _world.Network.Counts.ResetsWithLoss);
    }

    [Fact]
    public void A_block_holds_one_direction_until_it_is_over()
    {
        Connect();
        _world.Network.Block("a", "b");
        _a.Last.Send("held");
        _b.Last.Send("through");
        Pass(60);
        Assert.Equal(("", "through"), (_b.Last.Received, _a.Last.Received));
        _world.Network.Unblock("a", "b");
        Pass(0.1);
        Assert.Equal("held", _b.Last.Received);
        Assert.Equal(1, _world.Network.Counts.WritesHeldByBlock);
    }

    [Fact]
    public void A_partition_holds_attempts_to_connect_too()
    {
        _world.Network.Partition("a", "b");
        _a.Dial(_b.Port);
        Pass(10);
        Assert.Empty(_a.Lines);
        _world.Network.Heal();
        Pass(2);
        Assert.Single(_a.Lines);
    }

    [Fact]
    public void A_narrow_link_takes_its_time()
    {
        Connect();
        _world.Network.Link("a", "b").BytesPerSecond = 100_000;
        for (var i = 0; i < 30; i++)
            _a.Last.Send(new byte[9_999]);
        Pass(1);
        Assert.InRange(_b.Last.ReceivedBytes, 80_000, 110_000);
        Pass(2.5);
        Assert.Equal(300_000, _b.Last.ReceivedBytes);
    }

    [Fact]
    public void A_slow_receiver_reads_little_at_once_and_then_nothing_for_a_while()
    {
        Connect();
        (_world.Network.Link("a", "b").ReceiverBytesMax, _world.Network.Link("a", "b").ReceiverPause) = (1_000, TimeSpan.FromSeconds(1));
        _a.Last.Send(new byte[4_499]);
        Pass(3.5);
        Assert.Equal(0, _b.Last.ReceivedBytes);
        Pass(1);
        Assert.Equal(4_500, _b.Last.ReceivedBytes);
        Assert.Equal(4, _world.Network.Counts.SlowReads);
    }

    [Fact]
    public void Messages_can_be_lost_while_the_connection_lives()
    {
        Connect();
        _world.Network.Link("a", "b").LoseOneIn = 3;
        for (var i = 0; i < 300; i++)
            _a.Last.Send("m");
        Pass(1);
        Assert.InRange(_b.Last.Received.Length, 150, 250);
        Assert.Equal(300 - _b.Last.Received.Length, _world.Network.Counts.MessagesLost);
        Assert.Null(_b.Last.Ended);
    }

    [Fact]
    public void A_killed_process_is_reset_by_its_machine_after_what_it_has_sent()
    {
        Connect();
        _a.Last.Send("last words");
        _a.Process.Kill();
        Pass(0.1);
        Assert.Equal(("last words", DisassociateInfo.Shutdown), (_b.Last.Received, _b.Last.Ended));
        Assert.Null(_a.Last.Ended);
        _b.Process.Kill();
        var again = new Endpoint(_world, "a");
        again.Dial(_b.Port);
        Pass(0.1);
        Assert.Contains("connection refused", Assert.Single(again.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_without_power_says_nothing_until_it_is_back()
    {
        Connect();
        _b.Machine.LosePower();
        _a.Last.Send("anyone?");
        _a.Dial(_b.Port);
        Pass(10);
        Assert.Null(_a.Last.Ended);
        Assert.Empty(_a.Failures);
        _b.Machine.PowerOn();
        _a.Last.Send("now?");
        Pass(2);
        Assert.Equal(DisassociateInfo.Shutdown, _a.Last.Ended);
        Assert.Contains("connection refused", Assert.Single(_a.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_without_power_is_given_up_after_two_minutes()
    {
        Connect();
        _b.Machine.LosePower();
        _a.Last.Send("anyone?");
        Pass(119);
        Assert.Null(_a.Last.Ended);
        Pass(2);
        Assert.Equal(DisassociateInfo.Shutdown, _a.Last.Ended);
    }

    [Fact]
    public void A_stopped_process_receives_nothing_until_it_goes_on()
    {
        Connect();
        _b.Process.Suspend();
        _a.Last.Send("late");
        Pass(5);
        Assert.Equal("", _b.Last.Received);
        _b.Process.Resume();
        Pass(0.1);
        Assert.Equal("late", _b.Last.Received);
        Assert.True(_b.Last.ReceivedAt >= TimeSpan.FromSeconds(5));
    }

    private void Connect()
    {
        _a.Dial(_b.Port);
        Pass(0.1);
        Assert.Single(_a.Lines);
        Assert.Single(_b.Lines);
    }

    private void Pass(double seconds) => _world.Runtime.AdvanceBy(TimeSpan.FromSeconds(seconds));
}
