namespace Actors.Hosting;

/// <summary>The machine's clocks.</summary>
public sealed class SystemNodeClock : INodeClock
{
    // TimeProvider's time stamps are the monotonic clock of the machine, in ticks of TimestampFrequency.
    private static readonly double NanosecondsPerTick = 1e9 / TimeProvider.System.TimestampFrequency;

    public DateTimeOffset UtcNow => TimeProvider.System.GetUtcNow();

    public long MonotonicNanoseconds => (long)(TimeProvider.System.GetTimestamp() * NanosecondsPerTick);
}
