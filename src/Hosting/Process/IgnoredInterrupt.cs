using System.Globalization;
using System.Runtime.InteropServices;

namespace Actors.Hosting;

/// <summary>
/// What a script starts in the background ignores SIGINT, and the .NET runtime leaves it at that. A node that is sent one
/// all the same is meant to end. SIGHUP stays ignored where it is: that is what nohup is for.
/// </summary>
internal static partial class IgnoredInterrupt
{
    private const int Interrupt = 2;
    private const nint Default = 0;

    private const string Ignored = "SigIgn:";

    /// <summary>
    /// Before the signal is registered: the runtime looks then. Only where it is ignored: in a terminal the runtime has a
    /// handler of its own by now, does not install it twice, and without it Ctrl-C would end the process on the spot.
    /// </summary>
    public static void Reset()
    {
        if (OperatingSystem.IsLinux() && IsIgnored())
            _ = Signal(Interrupt, Default);
    }

    private static bool IsIgnored() =>
        File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Ignored, StringComparison.Ordinal)) is { } line
        && ulong.TryParse(line.AsSpan(Ignored.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var signals)
        && (signals >> (Interrupt - 1) & 1) == 1;

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int signal, nint handler);
}
