using Actors.Hosting;

namespace Hosting.Tests.Journal;

/// <summary>A clock that stands still until it is moved.</summary>
public sealed class FakeClock : INodeClock
{
    public DateTimeOffset UtcNow { get; set; } = new(2026, 11, 22, 7, 21, 0, 123, 456, TimeSpan.Zero);

    public long MonotonicNanoseconds { get; set; } = 1_000_000_007;
}
