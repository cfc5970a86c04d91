using Actors.Event;
using Actors.Runtime;

namespace Actors.Testing;

/// <summary>See <see cref="IEventFilterApplier"/>.</summary>
internal sealed class EventFilterApplier(TestKitBase testkit, ActorSystem system, EventMatcher[] matchers) : IEventFilterApplier
{
    public EventFilterFactory And => new(testkit, system, matchers);

    public void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => Intercept(Returning(action), expectedCount, null, cancellationToken));

    public void Expect(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => Intercept(Returning(action), expectedCount, timeout, cancellationToken));

    public T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => Intercept(Returning(func), expectedCount, null, cancellationToken));

    public T Expect<T>(int expectedCount, TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => Intercept(Returning(func), expectedCount, timeout, cancellationToken));

    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        Intercept(Returning(actionAsync), expectedCount, null, cancellationToken);

    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, TimeSpan? timeout, CancellationToken cancellationToken = default) =>
        Intercept(Returning(actionAsync), expectedCount, timeout, cancellationToken);

    public Task ExpectAsync(int expectedCount, TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) =>
        Intercept(Returning(action), expectedCount, timeout, cancellationToken);

    public Task<T> ExpectAsync<T>(int expectedCount, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Intercept(func, expectedCount, null, cancellationToken);

    public Task<T> ExpectAsync<T>(int expectedCount, TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Intercept(func, expectedCount, timeout, cancellationToken);

    public void ExpectOne(Action action, CancellationToken cancellationToken = default) => Expect(1, action, cancellationToken);

    public void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default) => Expect(1, timeout, action, cancellationToken);

    public T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default) => Expect(1, func, cancellationToken);

    public T ExpectOne<T>(TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) => Expect(1, timeout, func, cancellationToken);

    public Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default) => ExpectAsync(1, actionAsync, cancellationToken);

    public Task ExpectOneAsync(TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) => ExpectAsync(1, timeout, action, cancellationToken);

    public Task<T> ExpectOneAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) => ExpectAsync(1, func, cancellationToken);

    public Task<T> ExpectOneAsync<T>(TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) => ExpectAsync(1, timeout, func, cancellationToken);

    public T Mute<T>(Func<T> func, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => MuteAsync(Returning(func), cancellationToken));

    public void Mute(Action action, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => MuteAsync(Returning(action), cancellationToken));

    public IUnmutableFilter Mute()
    {
        MutingLogSink? sink = TestKitExtension.For(system).LogSink;
        sink?.Mute(matchers);
        return new Unmuting(() => sink?.Unmute(matchers));
    }

    public async Task<T> MuteAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using IUnmutableFilter muted = Mute();
        return await func();
    }

    public Task MuteAsync(Func<Task> action, CancellationToken cancellationToken = default) => MuteAsync(Returning(action), cancellationToken);

    private async Task<T> Intercept<T>(Func<Task<T>> action, int expected, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        var count = new EventCount();
        EventTap tap = EventTap.Subscribe(system, published =>
        {
            if (IsLogged(published) && Array.Exists(matchers, matcher => matcher.Fits(published)))
                count.Increment();
        }, typeof(LogEvent), typeof(AllDeadLetters));
        using IUnmutableFilter muted = Mute();
        try
        {
            T result = await action();
            TimeSpan wait = timeout is { } given
                ? testkit.Dilated(given)
                : testkit.Leeway(TestKitExtension.For(system).TestEventFilterLeeway);
            await count.ReachesAsync(Math.Max(expected, 1), wait, cancellationToken);
            Check(count.Value, expected, wait);
            if (expected == 0)
                testkit.NothingCame();
            return result;
        }
        finally
        {
            tap.Unsubscribe();
        }
    }

    /// <summary>What is below the level of the log reaches no logger, even if somebody publishes it.</summary>
    private bool IsLogged(object published) => published is not LogEvent logged || logged.LogLevel() >= system.EventStream.LogLevel;

    private void Check(int actual, int expected, TimeSpan waited)
    {
        string filter = string.Join(", ", matchers.Select(matcher => matcher.Description));
        if (actual < expected)
            testkit.TestAssertions.Fail("Timeout ({0}) while waiting for messages. Only received {1}/{2} messages that matched filter [{3}]", waited, actual, expected, filter);
        if (actual > expected)
            testkit.TestAssertions.Fail("Received {0} messages too many. Expected {1} but received {2} that matched filter [{3}]", actual - expected, expected, actual, filter);
    }

    private static Func<Task<bool>> Returning(Action action) => () =>
    {
        action();
        return Task.FromResult(true);
    };

    private static Func<Task<T>> Returning<T>(Func<T> func) => () => Task.FromResult(func());

    private static Func<Task<bool>> Returning(Func<Task> action) => async () =>
    {
        await action();
        return true;
    };
}
