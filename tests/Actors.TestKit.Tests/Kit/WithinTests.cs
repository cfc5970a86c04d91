using Xunit.Sdk;

namespace Actors.Testing.Tests.Kit;

public sealed class WithinTests() : TestKit("akka.test { timefactor = 2, single-expect-default = 20s }")
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void Waiting_inside_is_limited_by_what_is_left()
    {
        TimeSpan start = Now;
        Assert.ThrowsAny<XunitException>(() => Within(TimeSpan.FromMilliseconds(100), () => ExpectMsg<string>()));
        Assert.InRange(Now - start, TimeSpan.FromMilliseconds(190), TimeSpan.FromSeconds(10));
    }

    [Fact(Timeout = 30_000)]
    public async Task Waiting_inside_is_limited_by_what_is_left_across_awaits()
    {
        TimeSpan start = Now;
        await Assert.ThrowsAnyAsync<XunitException>(() => WithinAsync(TimeSpan.FromMilliseconds(100), async () => await ExpectMsgAsync<string>()));
        Assert.InRange(Now - start, TimeSpan.FromMilliseconds(190), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Limits_are_dilated()
    {
        Assert.Equal(TimeSpan.FromSeconds(4), Dilated(TimeSpan.FromSeconds(2)));
        Within(TimeSpan.FromSeconds(10), () => Assert.InRange(Remaining, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(20)));
    }

    [Fact(Timeout = 30_000)]
    public async Task The_tighter_of_nested_limits_counts()
    {
        await WithinAsync(TimeSpan.FromSeconds(5), async () =>
        {
            await WithinAsync(TimeSpan.FromSeconds(60), () =>
            {
                Assert.True(Remaining <= TimeSpan.FromSeconds(10));
                return Task.CompletedTask;
            });
            Within(TimeSpan.FromSeconds(1), () => Assert.True(Remaining <= TimeSpan.FromSeconds(2)));
            Assert.True(Remaining > TimeSpan.FromSeconds(2));
        });
        Assert.Throws<InvalidOperationException>(() => Remaining);
    }

    [Fact]
    public void A_block_that_is_too_fast_fails()
    {
        XunitException e = Assert.ThrowsAny<XunitException>(() => Within(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), () => { }, "why"));
        Assert.Contains("should have at least been", e.Message, StringComparison.Ordinal);
        Assert.Contains("why", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_that_is_too_slow_fails()
    {
        Assert.ThrowsAny<XunitException>(() => Within(TimeSpan.FromMilliseconds(1), () => AwaitConditionNoThrow(() => false, Soon)));
        Within(TimeSpan.FromMilliseconds(1), () => AwaitConditionNoThrow(() => false, Soon), epsilonValue: TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void A_block_that_ends_with_silence_may_use_all_of_its_time() => Within(Soon, () => ExpectNoMsg());

    [Fact]
    public void A_block_returns_its_value() => Assert.Equal(7, Within(TimeSpan.FromSeconds(5), () => 7));

    [Fact]
    public void The_limit_is_lifted_when_the_block_throws()
    {
        Assert.Throws<ArithmeticException>(() => Within(TimeSpan.FromSeconds(5), () => throw new ArithmeticException()));
        Assert.Throws<InvalidOperationException>(() => Remaining);
        Assert.Equal(TimeSpan.FromSeconds(40), RemainingOrDefault);
    }

    [Fact]
    public void An_impossible_least_time_fails_at_once() =>
        Assert.ThrowsAny<XunitException>(() =>
            Within(TimeSpan.FromSeconds(1), () => Within(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(90), () => Assert.Fail("must not run"))));
}
