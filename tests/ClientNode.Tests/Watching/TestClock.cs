using Actors.Hosting;

namespace Actors.Client.Tests.Watching;

/// <summary>A clock that stands still until it is told to go on. Starts at the machine's time, which files are stamped with.</summary>
public sealed class TestClock : INodeClock
{
    private readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow();
    private TimeSpan _passed;

    public DateTimeOffset UtcNow => _start + _passed;

    public long MonotonicNanoseconds => _passed.Ticks * TimeSpan.NanosecondsPerTick;

    public void Advance(TimeSpan time) => _passed += time;
}
