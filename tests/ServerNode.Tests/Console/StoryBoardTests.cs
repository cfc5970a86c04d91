using Actors.Hosting;
using Actors.Messages;
using Actors.Server;

namespace ServerNode.Tests.Console;

public sealed class StoryBoardTests
{
    private readonly StoryBoard _board = new();

    [Fact]
    public void The_server_stands_first_and_the_clients_in_the_order_of_their_numbers()
    {
        foreach (var name in (string[])["Client 10", "Client 2", "Client 1"])
            _board.Joined(name);

        Assert.Equal(["Server", "Client 1", "Client 2", "Client 10"], Show().Select(node => node.Name));
    }

    [Fact]
    public void Each_nodes_lines_are_kept_up_to_the_limit_and_the_newest_stay()
    {
        for (var number = 1; number <= 250; number++)
            _board.Told(new StoryLine(number, DateTimeOffset.UnixEpoch, "line"));

        Assert.Equal(Enumerable.Range(51, 200).Select(n => (long)n), Show()[0].Lines.Select(line => line.Number));
    }

    [Fact]
    public void A_client_that_took_over_from_its_own_older_session_is_still_there_when_that_one_leaves()
    {
        _board.Joined("Client 1");
        _board.Joined("Client 1");
        _board.Left("Client 1");
        Assert.True(Show()[1].Connected);

        _board.Left("Client 1");
        Assert.False(Show()[1].Connected);
    }

    [Fact]
    public void At_the_limit_the_client_that_left_first_gives_way_and_one_that_is_here_never_does()
    {
        for (var number = 1; number <= 64; number++)
            _board.Joined($"Client {number}");
        _board.Joined("Client 65");
        Assert.DoesNotContain(Show(), node => node.Name == "Client 65");

        _board.Left("Client 7");
        _board.Left("Client 3");
        _board.Joined("Client 66");

        Assert.DoesNotContain(Show(), node => node.Name == "Client 7");
        Assert.Contains(Show(), node => node.Name == "Client 3");
        Assert.Contains(Show(), node => node.Name == "Client 66");
    }

    [Fact]
    public void A_report_with_absurd_times_and_lengths_is_cut_to_size()
    {
        _board.Told("Client 1", new StoryReport
        {
            Lines =
            {
                new StoryReportLine { Number = ulong.MaxValue, AtUs = long.MaxValue, Text = new string('x', 5_000) },
                new StoryReportLine { Number = 1, AtUs = long.MinValue, Text = "y" },
            },
        });

        Assert.Equal(1_001, Show()[1].Lines[0].Text.Length);
        Assert.Equal(DateTimeOffset.UnixEpoch, Show()[1].Lines[1].At);
    }

    [Fact]
    public void A_watcher_that_does_not_read_is_sent_away_and_delays_nobody()
    {
        var (_, slow) = _board.Watch()!.Value;
        for (var number = 1; number <= 2_100; number++)
            _board.Told(new StoryLine(number, DateTimeOffset.UnixEpoch, "line"));

        var read = 0;
        while (slow.Reader.TryRead(out _))
            read++;
        Assert.Equal(2_048, read);
        Assert.True(slow.Reader.Completion.IsCompleted);
    }

    [Fact]
    public void The_number_of_watchers_is_bounded_and_places_become_free()
    {
        var watchers = Enumerable.Range(0, 16).Select(_ => _board.Watch()!.Value.News).ToList();
        Assert.Null(_board.Watch());

        _board.Unwatch(watchers[0]);
        Assert.NotNull(_board.Watch());
    }

    private IReadOnlyList<BoardNode> Show()
    {
        var (board, news) = _board.Watch()!.Value;
        _board.Unwatch(news);
        return board;
    }
}
