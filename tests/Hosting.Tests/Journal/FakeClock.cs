namespace Hosting.Tests.Journal;

/// <summary>A clock that stands still until it is moved.</summary>
public sealed class FakeClock : TimeProvider
{
    public DateTimeOffset UtcNow { get; set; } = new(2026, 11, 22, 7, 21, 0, 123, 456, TimeSpan.Zero);

    public long Nanoseconds { get; set; } = 1_000_000_007;

    public override long TimestampFrequency => 1_000_000_000;

    public override DateTimeOffset GetUtcNow() => UtcNow;

    public override long GetTimestamp() => Nanoseconds;
}
