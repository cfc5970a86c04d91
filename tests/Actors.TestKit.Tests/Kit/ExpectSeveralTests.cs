using System.Collections;
using Xunit.Sdk;

namespace Actors.Testing.Tests.Kit;

public sealed class ExpectSeveralTests : TestKit
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    [Fact(Timeout = 30_000)]
    public async Task All_come_in_any_order()
    {
        Send("b", "a", "c");
        Assert.Equal(["b", "a", "c"], ExpectMsgAllOf("a", "b", "c"));
        Send("x", "y");
        var received = new List<string>();
        await foreach (string message in ExpectMsgAllOfAsync<string>(["y", "x"]))
            received.Add(message);
        Assert.Equal(["x", "y"], received);
    }

    [Fact]
    public void A_message_that_came_twice_does_not_stand_for_two()
    {
        Send("a", "a");
        XunitException e = Assert.ThrowsAny<XunitException>(() => ExpectMsgAllOf("a", "b"));
        Assert.Contains("not found [b]", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_of_several_will_do()
    {
        Send("b", "d");
        Assert.Equal("b", ExpectMsgAnyOf(["a", "b"]));
        Assert.ThrowsAny<XunitException>(() => ExpectMsgAnyOf(["a", "b"]));
    }

    [Fact]
    public void Each_predicate_has_its_message()
    {
        Send(1, "one");
        ExpectMsgAllOfMatchingPredicates(
            PredicateInfo.Create<string>(text => text == "one"),
            PredicateInfo.Create<int>(number => number == 1));
        Send(1, 2);
        Assert.ThrowsAny<XunitException>(() => ExpectMsgAllOfMatchingPredicates(
            PredicateInfo.Create<int>(number => number > 0),
            PredicateInfo.Create<string>(_ => true)));
    }

    [Fact(Timeout = 30_000)]
    public async Task So_many_are_taken_or_it_fails()
    {
        Send(1, 2, 3);
        Assert.Equal([1, 2], ReceiveN(2));
        XunitException e = await Assert.ThrowsAnyAsync<XunitException>(async () =>
        {
            await foreach (object _ in ReceiveNAsync(2, Soon))
            {
            }
        });
        Assert.Contains("Only got 1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Taking_while_stops_before_the_message_that_does_not_fit()
    {
        Send("a", "b", 3, "c");
        Assert.Equal(["a", "b"], ReceiveWhile(message => message as string, Soon));
        Assert.Equal(3, ReceiveOne());
        Assert.Equal(["c"], ReceiveWhile<string>(_ => true, Soon));
    }

    [Fact]
    public void Taking_while_counts_and_drops_other_types_if_told()
    {
        Send("a", 1, "b", "c");
        Assert.Equal(["a", "b"], ReceiveWhile<string>(_ => true, Soon, msgs: 2));
        Send(2, "d");
        Assert.Equal(["c"], ReceiveWhile<string>(_ => true, Soon, shouldIgnoreOtherMessageTypes: false));
        Assert.Equal(2, PeekOne());
    }

    [Fact]
    public void Taking_while_ends_when_nothing_comes_for_too_long()
    {
        Send("a");
        TimeSpan start = Now;
        Assert.Equal(["a"], ReceiveWhile(TimeSpan.FromSeconds(20), Soon, message => message as string));
        Assert.True(Now - start < TimeSpan.FromSeconds(10));
    }

    [Fact(Timeout = 30_000)]
    public async Task Fishing_skips_what_is_not_wanted()
    {
        Send(1, "small", "big fish", 2);
        var others = new ArrayList();
        Assert.Equal("big fish", await FishForMessageAsync<string>(text => text.StartsWith("big", StringComparison.Ordinal), others));
        Assert.Equal(new object[] { 1, "small" }, others.ToArray());
        XunitException e = await Assert.ThrowsAnyAsync<XunitException>(async () => await FishForMessageAsync(_ => false, Soon, "none"));
        Assert.Contains("none", e.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Fishing_until_the_end_fails_on_the_wrong_fish()
    {
        Send(1, 2);
        await FishUntilMessageAsync<string>(Soon);
        Send(3, "wrong");
        await Assert.ThrowsAnyAsync<XunitException>(() => FishUntilMessageAsync<string>(Soon));
    }

    [Fact(Timeout = 30_000)]
    public async Task Radio_silence_collects_what_comes_before_it()
    {
        Send(1, 2);
        Assert.Equal(new object[] { 1, 2 }, (await WaitForRadioSilenceAsync(Soon)).ToArray());
        Send(1, 2);
        await Assert.ThrowsAnyAsync<XunitException>(() => WaitForRadioSilenceAsync(Soon, maxMessages: 1));
    }

    [Fact]
    public void Ignored_messages_are_never_seen()
    {
        IgnoreMessages<int>(number => number < 0);
        Send(-1, 1, -2);
        Assert.Equal(1, ReceiveOne());
        IgnoreNoMessages();
        Send(-3);
        Assert.Equal(-3, ReceiveOne());
    }

    private void Send(params object[] messages)
    {
        foreach (object message in messages)
            TestActor.Tell(message);
    }
}
