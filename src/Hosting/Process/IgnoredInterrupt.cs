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

    /// <summary>Before the signal is registered: the runtime looks then.</summary>
    public static void Reset()
    {
        if (!OperatingSystem.IsWindows())
            _ = Signal(Interrupt, Default);
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int signal, nint handler);
}
