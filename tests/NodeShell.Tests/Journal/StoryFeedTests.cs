using Actors.NodeShell;
using Xunit;

namespace NodeShell.Tests.Journal;

public sealed class StoryFeedTests
{
    [Fact]
    public void The_feed_remembers_the_newest_lines_only()
    {
        var feed = new StoryFeed(capacity: 2);
        foreach (var number in (long[])[1, 2, 3])
            feed.Narrate(Line(number));

        var seen = new List<long>();
        using var subscription = feed.Subscribe(line => seen.Add(line.Number));
        Assert.Equal([2, 3], seen);
    }

    [Fact]
    public void A_subscriber_gets_the_past_and_then_the_present_without_a_gap()
    {
        var feed = new StoryFeed();
        var seen = new List<long>();
        feed.Narrate(Line(1));
        var subscription = feed.Subscribe(line => seen.Add(line.Number));
        feed.Narrate(Line(2));
        subscription.Dispose();
        feed.Narrate(Line(3));

        Assert.Equal([1, 2], seen);
    }

    private static StoryLine Line(long number) => new(number, DateTimeOffset.UnixEpoch, "text");
}
