namespace NodeShell.Tests.Journal;

/// <summary>A clock that stands still.</summary>
public sealed class FakeClock : TimeProvider
{
    public override long TimestampFrequency => 1_000_000_000;

    public override DateTimeOffset GetUtcNow() => new(2026, 11, 22, 7, 21, 0, 123, 456, TimeSpan.Zero);

    public override long GetTimestamp() => 1_000_000_007;
}
