using System.Globalization;
using System.Runtime.InteropServices;

namespace Actors.NodeShell;

/// <summary>Ctrl-C and SIGTERM (and SIGHUP: the terminal was closed), while it is not disposed.</summary>
public sealed class StopSignals : IDisposable
{
    private readonly TaskCompletionSource _requested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _count;

    public StopSignals()
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
    }

    /// <summary>Ends with the first signal.</summary>
    public Task Requested => _requested.Task;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        // Without this the runtime would end the process before the node could say goodbye.
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) == 1)
        {
            NodeProcess.EndInAnyCase();
            _requested.TrySetResult();
        }
        else if (context.Signal == PosixSignal.SIGINT)
            Environment.Exit(ExitCodes.Failure);
    }
}

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

/// <summary>
/// Notices that the parent of this process is gone: standard input is a pipe that the parent holds, and the
/// operating system closes it however the parent ends.
/// </summary>
internal static class StdinEnd
{
    /// <summary>Ends when standard input does. Takes a thread of its own, because the read blocks.</summary>
    public static Task Wait()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Read(ended)) { Name = "stdin", IsBackground = true }.Start();
        return ended.Task;
    }

    private static void Read(TaskCompletionSource ended)
    {
        using var stdin = Console.OpenStandardInput();
        var ignored = new byte[256];
        try
        {
            while (stdin.Read(ignored) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A broken standard input is an ended one.
        }
        ended.TrySetResult();
    }
}
