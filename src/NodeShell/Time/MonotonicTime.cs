using System.Runtime.InteropServices;

namespace Actors.NodeShell;

public static class MonotonicTime
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Nanoseconds on a clock that never goes back; its zero means nothing.</summary>
    public static long MonotonicNanoseconds(this TimeProvider time) =>
        (long)((Int128)time.GetTimestamp() * NanosecondsPerSecond / time.TimestampFrequency);

    public static long ToNanoseconds(this TimeSpan span) => span.Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>How long a timer has to run that shall not end before then.</summary>
    public static TimeSpan Until(this TimeProvider time, long monotonicNs) =>
        TimeSpan.FromTicks(Math.Max(1, (monotonicNs - time.MonotonicNanoseconds()) / TimeSpan.NanosecondsPerTick + 1));
}

/// <summary>The time that an actor system's scheduler counts by: a simulation and the test kit have one of their own.</summary>
public sealed class ActorSystemTime(ITimeProvider scheduler) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => scheduler.Now;

    public override long GetTimestamp() => scheduler.MonotonicClock.Ticks;
}

/// <summary>The machine's time. Its time stamps go on while the machine is suspended, which those of <see cref="TimeProvider.System"/> do not on Linux.</summary>
/// <remarks>Source: clock_gettime(2) for Linux, clock_gettime(3) for macOS, QueryInterruptTimePrecise for Windows. Timers do not count suspended time.</remarks>
public sealed partial class BootTimeProvider : TimeProvider
{
    private const int LinuxBootTime = 7;
    private const int DarwinMonotonic = 6;
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long NanosecondsPerInterruptTick = 100;

    private BootTimeProvider()
    {
    }

    public static BootTimeProvider Instance { get; } = new();

    /// <summary>Time stamps count nanoseconds.</summary>
    public override long TimestampFrequency => NanosecondsPerSecond;

    public override long GetTimestamp()
    {
        if (OperatingSystem.IsWindows())
        {
            QueryInterruptTimePrecise(out var ticks);
            return (long)ticks * NanosecondsPerInterruptTick;
        }
        if (ClockGetTime(OperatingSystem.IsMacOS() ? DarwinMonotonic : LinuxBootTime, out var time) != 0)
            throw new InvalidOperationException($"The machine's clock cannot be read: error {Marshal.GetLastPInvokeError()}");
        return time.Seconds * NanosecondsPerSecond + time.Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static partial int ClockGetTime(int clock, out TimeSpecification time);

    [LibraryImport("api-ms-win-core-realtime-l1-1-1.dll")]
    private static partial void QueryInterruptTimePrecise(out ulong time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpecification
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
