namespace Actors.Tests.Remote;

public class SystemMessageDeliveryTests
{
    [Fact]
    public void Messages_are_numbered_from_zero_in_the_order_they_are_first_sent()
    {
        var outbox = Sent("a", "b");

        Assert.Equal([new(0, "a"), new(1, "b")], outbox.Unacknowledged);
    }

    [Fact]
    public void What_is_acknowledged_is_forgotten()
    {
        var outbox = Sent("a", "b", "c");

        Assert.True(outbox.TryAcknowledge(new Acknowledgement(1), out var missing));

        Assert.Empty(missing);
        Assert.Equal([new(2, "c")], outbox.Unacknowledged);
    }

    [Fact]
    public void Gaps_are_sent_again_and_kept()
    {
        var outbox = Sent("a", "b", "c", "d");

        Assert.True(outbox.TryAcknowledge(new Acknowledgement(3, [1, 2]), out var missing));

        Assert.Equal([new(1, "b"), new(2, "c")], missing);
        Assert.Equal([new(1, "b"), new(2, "c")], outbox.Unacknowledged);
    }

    [Fact]
    public void Acknowledging_what_was_never_sent_is_impossible() =>
        Assert.False(Sent("a").TryAcknowledge(new Acknowledgement(1), out _));

    [Fact]
    public void Missing_what_was_acknowledged_is_impossible()
    {
        var outbox = Sent("a", "b");
        Assert.True(outbox.TryAcknowledge(new Acknowledgement(0), out _));

        Assert.False(outbox.TryAcknowledge(new Acknowledgement(1, [0]), out _));
    }

    [Fact]
    public void An_overtaken_acknowledgement_changes_nothing()
    {
        var outbox = Sent("a", "b", "c");
        Assert.True(outbox.TryAcknowledge(new Acknowledgement(2), out _));

        Assert.True(outbox.TryAcknowledge(new Acknowledgement(1, [0]), out var missing));

        Assert.Empty(missing);
    }

    [Fact]
    public void Nothing_acknowledged_is_an_acknowledgement_too() =>
        Assert.True(Sent("a").TryAcknowledge(Acknowledgement.Nothing, out _));

    [Fact]
    public void A_full_outbox_refuses()
    {
        var outbox = new SystemMessageOutbox<string>(2);

        Assert.True(outbox.TryAdd("a") && outbox.TryAdd("b"));
        Assert.False(outbox.TryAdd("c"));
    }

    [Fact]
    public void A_new_incarnation_gets_what_nobody_was_sent_numbered_from_zero()
    {
        var outbox = Sent("a", "b");
        outbox.TryAdd("c");

        outbox.StartAnew();

        Assert.True(outbox.TryTake(out var next));
        Assert.Equal(new Numbered<string>(0, "c"), next);
        Assert.Equal([new(0, "c")], outbox.Unacknowledged);
    }

    [Fact]
    public void Early_messages_wait_for_those_before_them()
    {
        var inbox = new SystemMessageInbox<string>(100);

        Assert.Equal(["a"], Receive(inbox, 0, "a"));
        Assert.Empty(Receive(inbox, 3, "d"));
        Assert.Equal(3, inbox.Acknowledgement.Cumulative);
        Assert.Equal([1, 2], inbox.Acknowledgement.Missing);
        Assert.Equal(["b"], Receive(inbox, 1, "b"));
        Assert.Equal(["c", "d"], Receive(inbox, 2, "c"));
        Assert.Equal(3, inbox.Acknowledgement.Cumulative);
        Assert.Empty(inbox.Acknowledgement.Missing);
    }

    [Fact]
    public void Repeated_messages_are_delivered_once()
    {
        var inbox = new SystemMessageInbox<string>(100);
        Receive(inbox, 0, "a");

        Assert.Empty(Receive(inbox, 0, "a"));
        Assert.Equal(0, inbox.Acknowledgement.Cumulative);
    }

    [Fact]
    public void Messages_too_far_ahead_are_neither_held_nor_acknowledged()
    {
        var inbox = new SystemMessageInbox<string>(10);

        Assert.Empty(Receive(inbox, 10, "far"));
        Assert.Empty(Receive(inbox, long.MaxValue, "farther"));
        Assert.Empty(Receive(inbox, long.MinValue, "negative"));

        Assert.Equal(-1, inbox.Acknowledgement.Cumulative);
    }

    [Fact]
    public void Whatever_the_network_loses_repeats_and_swaps_everything_arrives_once_and_in_order()
    {
        for (var seed = 1; seed <= 200; seed++)
            Assert.Equal(Enumerable.Range(0, 50), Exchange(new Draw(seed), seed));
    }

    private static List<int> Exchange(Draw random, int seed)
    {
        var outbox = new SystemMessageOutbox<int>(1000);
        var inbox = new SystemMessageInbox<int>(64);
        var delivered = new List<int>();
        var wire = new List<Numbered<int>>();
        var added = 0;
        for (var round = 0; delivered.Count < 50; round++)
        {
            Assert.True(round < 100_000, $"seed {seed} does not end");
            if (added < 50 && random.Next(2) == 0)
                outbox.TryAdd(added++);
            if (outbox.TryTake(out var first))
                wire.Add(first);
            if (random.Next(5) == 0)
                wire.AddRange(outbox.Unacknowledged);
            if (wire.Count == 0)
                continue;
            var next = wire[random.Next(Math.Min(3, wire.Count))];
            wire.Remove(next);
            if (random.Next(3) == 0)
                continue;
            inbox.Receive(next.Seq, next.Message, delivered);
            if (random.Next(2) == 0)
                Assert.True(outbox.TryAcknowledge(inbox.Acknowledgement, out var missing) && missing.Count <= 50, $"seed {seed}");
        }
        return delivered;
    }

    private static SystemMessageOutbox<string> Sent(params string[] messages)
    {
        var outbox = new SystemMessageOutbox<string>(100);
        foreach (var message in messages)
            Assert.True(outbox.TryAdd(message) && outbox.TryTake(out _));
        return outbox;
    }

    private static List<string> Receive(SystemMessageInbox<string> inbox, long seq, string message)
    {
        var delivered = new List<string>();
        inbox.Receive(seq, message, delivered);
        return delivered;
    }
}
