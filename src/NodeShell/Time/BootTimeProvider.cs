using System.Runtime.InteropServices;

namespace Actors.NodeShell;

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
