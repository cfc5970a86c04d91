using Xunit.Sdk;

namespace Actors.Testing.Tests.Kit;

public sealed class AwaitTests : TestKit
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(1);

    [Fact(Timeout = 30_000)]
    public async Task An_assertion_is_repeated_until_it_holds()
    {
        int attempts = 0;
        await AwaitAssertAsync(() => Assert.True(++attempts >= 3), interval: Often);
        Assert.Equal(3, attempts);
        AwaitAssert(() => Assert.True(++attempts >= 6), interval: Often);
        Assert.Equal(6, attempts);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_assertion_that_never_holds_fails_with_its_own_words()
    {
        int attempts = 0;
        Exception e = await Assert.ThrowsAnyAsync<Exception>(() => AwaitAssertAsync(() =>
        {
            attempts++;
            throw new ArithmeticException("attempt " + attempts);
        }, Soon, Often));
        Assert.True(attempts > 1);
        Assert.Equal("attempt " + attempts, Assert.IsType<ArithmeticException>(e).Message);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_condition_is_repeated_until_it_holds()
    {
        int attempts = 0;
        AwaitCondition(() => ++attempts >= 3, TimeSpan.FromSeconds(10), Often);
        await AwaitConditionAsync(() => ++attempts >= 6, TimeSpan.FromSeconds(10), Often);
        await AwaitConditionAsync(() => Task.FromResult(true));
        Assert.Equal(6, attempts);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_condition_that_never_holds_fails_with_the_message()
    {
        TrueException e = Assert.Throws<TrueException>(() => AwaitCondition(() => false, Soon, "what was waited for"));
        Assert.Contains("what was waited for", e.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<XunitException>(() => AwaitConditionAsync(() => false, Soon, "x"));
        Assert.False(AwaitConditionNoThrow(() => false, Soon));
        Assert.True(await AwaitConditionNoThrowAsync(() => true, TimeSpan.Zero));
    }

    [Fact(Timeout = 30_000)]
    public async Task The_caller_can_give_up()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AwaitConditionAsync(() => false, TimeSpan.FromSeconds(20), "", cancelled.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => ExpectMsg<string>(TimeSpan.FromSeconds(20), cancellationToken: cancelled.Token));
    }
}
