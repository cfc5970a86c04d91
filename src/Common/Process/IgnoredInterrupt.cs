using System.Globalization;
using System.Runtime.InteropServices;

namespace Actors.Common;

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
    /// First of all in a process: the .NET runtime looks at the signal once, when the console is used in a terminal or the
    /// signal is registered, and what it found ignored then it never listens to. Only where it is ignored: it would take
    /// the runtime's own handler away.
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
