using Actors.Messages;
using Actors.NodeShell;
using Actors.Server;

namespace ServerNode.Tests.Console;

public sealed class StoryBoardTests
{
    private readonly StoryBoard _board = new();

    [Fact]
    public void The_server_stands_first_and_the_clients_in_the_order_of_their_numbers()
    {
        foreach (var number in (uint[])[10, 2, 1])
            _board.Joined(number, $"Client {number}");

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
        _board.Joined(1, "Client 1");
        _board.Joined(1, "Client 1");
        _board.Left(1);
        Assert.True(Show()[1].Connected);

        _board.Left(1);
        Assert.False(Show()[1].Connected);
    }

    [Fact]
    public void At_the_limit_the_client_that_left_first_gives_way_and_one_that_is_here_never_does()
    {
        for (var number = 1u; number <= 64; number++)
            _board.Joined(number, $"Client {number}");
        _board.Joined(65, "Client 65");
        _board.Told(65, Report("unseen"));
        Assert.DoesNotContain(Show(), node => node.Name == "Client 65");

        _board.Left(7);
        _board.Left(3);
        _board.Joined(66, "Client 66");

        Assert.DoesNotContain(Show(), node => node.Name == "Client 7");
        Assert.Contains(Show(), node => node.Name == "Client 3");
        Assert.Contains(Show(), node => node.Name == "Client 66");
    }

    [Fact]
    public void A_report_with_absurd_times_and_lengths_is_cut_to_size()
    {
        _board.Joined(1, "Client 1");
        _board.Told(1, new StoryReport
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
    public void Two_clients_with_one_name_have_a_story_each()
    {
        _board.Joined(2, "desk");
        _board.Joined(1, "desk");
        _board.Told(2, Report("of the second"));
        _board.Told(1, Report("of the first"));
        _board.Left(2);

        var clients = Show().Skip(1).ToList();
        Assert.Equal([(1u, "desk", true), (2u, "desk", false)], clients.Select(each => (each.Node, each.Name, each.Connected)));
        Assert.Equal(["of the first", "of the second"], clients.Select(each => Assert.Single(each.Lines).Text));
    }

    [Fact]
    public void A_client_that_comes_back_with_another_name_is_shown_with_that_and_keeps_its_story()
    {
        _board.Joined(1, "Client 1");
        _board.Told(1, Report("a line"));
        _board.Left(1);
        _board.Joined(1, "desk");

        var client = Assert.Single(Show().Skip(1));
        Assert.Equal("desk", client.Name);
        Assert.Single(client.Lines);
    }

    [Fact]
    public void A_watcher_that_does_not_read_is_sent_away_and_delays_no_other()
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

    private static StoryReport Report(string text) => new() { Lines = { new StoryReportLine { Number = 1, Text = text } } };

    private IReadOnlyList<BoardNode> Show()
    {
        var (board, news) = _board.Watch()!.Value;
        _board.Unwatch(news);
        return board;
    }
}
