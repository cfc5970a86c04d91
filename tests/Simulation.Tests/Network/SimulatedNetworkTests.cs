namespace Actors.Simulation.Tests.Network;

public sealed class SimulatedNetworkTests
{
    private readonly World _world;
    private readonly Endpoint _a;
    private readonly Endpoint _b;
    private readonly int _port;

    public SimulatedNetworkTests()
    {
        _world = new World(7);
        _world.Network.InitialConditions = (_, _, link) => link.TailOneIn = 0;
        _a = new Endpoint(_world, "a");
        _b = new Endpoint(_world, "b");
        _port = _b.Listen();
    }

    [Fact]
    public void Bytes_arrive_late_in_order_and_in_pieces_of_any_size()
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
    public void A_port_where_nobody_listens_refuses()
    {
        _a.Dial(_port + 1);
        Pass(0.1);
        Assert.Equal(["connection refused"], _a.Failures);
    }

    [Fact]
    public void An_abandoned_attempt_is_not_heard_of_again()
    {
        _a.Dial(_port).Dispose();
        Pass(1);
        Assert.Empty(_a.Lines);
        Assert.Empty(_a.Failures);
    }

    [Fact]
    public void A_closed_side_is_still_written_to_until_the_other_closes_too()
    {
        Connect();
        _a.Last.Send("bye");
        _a.Last.CloseSending();
        Pass(0.1);
        Assert.Equal(("bye", true, null), (_b.Last.Received, _b.Last.IsClosed, _b.Last.Cause));
        Assert.True(_a.Last.IsClosed);
    }

    [Fact]
    public void An_abort_resets_the_other_side_and_tells_this_one()
    {
        Connect();
        _a.Last.Abort();
        Pass(0.1);
        Assert.Equal("closed by this side", _a.Last.Cause);
        Assert.Equal("connection reset", _b.Last.Cause);
        Assert.Equal(WriteResult.Broken, _b.Last.Send("x"));
    }

    [Fact]
    public void A_reset_takes_along_what_is_under_way()
    {
        Connect();
        _a.Last.Send("lost");
        _world.Network.Reset("b", "a");
        Pass(0.1);
        Assert.Equal(("", "connection reset"), (_b.Last.Received, _b.Last.Cause));
        Assert.Equal("connection reset", _a.Last.Cause);
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
        _a.Dial(_port);
        Pass(10);
        Assert.Empty(_a.Lines);
        _world.Network.Heal();
        Pass(2);
        Assert.Single(_a.Lines);
    }

    [Fact]
    public void A_narrow_link_takes_its_time_and_makes_a_fast_writer_wait()
    {
        Connect();
        _world.Network.Link("a", "b").BytesPerSecond = 100_000;
        var result = WriteResult.Done;
        var sent = 0;
        while (result == WriteResult.Done)
        {
            result = _a.Last.Send(new byte[10_000]);
            sent += 10_005;
        }
        Assert.Equal(WriteResult.Pending, result);
        Assert.InRange(sent, 256 * 1024, 300_000);
        Pass(1);
        Assert.InRange(_b.Last.ReceivedBytes, 80_000, 110_000);
        Pass(2);
        Assert.Equal(1, _a.Last.Written);
        Assert.Equal(sent, _b.Last.ReceivedBytes);
    }

    [Fact]
    public void Messages_can_be_lost_while_handshakes_are_not_and_the_connection_lives()
    {
        Connect();
        _world.Network.Link("a", "b").LoseOneIn = 3;
        for (var i = 0; i < 300; i++)
            _a.Last.Send("m");
        Pass(1);
        Assert.InRange(_b.Last.Received.Length, 150, 250);
        Assert.Equal(300 - _b.Last.Received.Length, _world.Network.Counts.MessagesLost);
        Assert.False(_b.Last.IsClosed);
    }

    [Fact]
    public void A_killed_process_is_reset_by_its_machine_after_what_it_has_sent()
    {
        Connect();
        _a.Last.Send("last words");
        _a.Process.Kill();
        Pass(0.1);
        Assert.Equal(("last words", "connection reset"), (_b.Last.Received, _b.Last.Cause));
        Assert.False(_a.Last.IsClosed);
        _b.Process.Kill();
        var again = new Endpoint(_world, "a");
        again.Dial(_port);
        Pass(0.1);
        Assert.Equal(["connection refused"], again.Failures);
    }

    [Fact]
    public void A_machine_without_power_says_nothing_until_it_is_back()
    {
        Connect();
        _b.Machine.LosePower();
        _a.Last.Send("anyone?");
        _a.Dial(_port);
        Pass(60);
        Assert.False(_a.Last.IsClosed);
        Assert.Empty(_a.Failures);
        _b.Machine.PowerOn();
        _a.Last.Send("now?");
        Pass(2);
        Assert.Equal("connection reset", _a.Last.Cause);
        Assert.Equal(["connection refused"], _a.Failures);
    }

    [Fact]
    public void A_machine_without_power_is_given_up_after_two_minutes()
    {
        Connect();
        _b.Machine.LosePower();
        _a.Last.Send("anyone?");
        Pass(119);
        Assert.False(_a.Last.IsClosed);
        Pass(2);
        Assert.Equal("connection reset", _a.Last.Cause);
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
        _a.Dial(_port);
        Pass(0.1);
        Assert.Single(_a.Lines);
        Assert.Single(_b.Lines);
    }

    private void Pass(double seconds) => _world.Runtime.AdvanceBy(TimeSpan.FromSeconds(seconds));
}
