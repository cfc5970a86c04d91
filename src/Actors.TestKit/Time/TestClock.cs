namespace Actors.Testing;

/// <summary>The real clock that tests wait by. The actors under test may run on another one.</summary>
internal static class TestClock
{
    private static readonly TimeProvider Provider = TimeProvider.System;

    /// <summary>A reading of a clock that never goes back; only differences mean something.</summary>
    public static TimeSpan Now => Provider.GetElapsedTime(0);

    public static DateTimeOffset TimeOfDay => Provider.GetUtcNow();

    public static Task Delay(TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(delay, Provider, cancellationToken);
}
