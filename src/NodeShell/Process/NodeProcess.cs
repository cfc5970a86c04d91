using System.Globalization;
using System.Runtime.InteropServices;

namespace Actors.NodeShell;

/// <summary>The life of a process that is a node: it runs until it is asked to stop, and then stops in order.</summary>
public static class NodeProcess
{
    /// <summary>What a node has for an orderly end; the rest of five seconds is for the process itself.</summary>
    public static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(4.5);

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);
    private static ITimer? _end;
    private static bool _isTold;

    /// <summary>
    /// Where this environment variable is 1, the node also stops when its standard input ends: so that a child process
    /// ends with its parent, however that ends.
    /// </summary>
    public const string EndsWithStdinVariable = "ACTORS_ENDS_WITH_STDIN";

    /// <summary>
    /// Waits for Ctrl-C, SIGTERM or the node's own end, and shuts the node down. A second Ctrl-C ends the process at
    /// once.
    /// </summary>
    /// <param name="signals">Made before the node was started: what comes meanwhile is not lost.</param>
    /// <param name="host">The running node.</param>
    /// <param name="endsWithStdin">The same as the environment variable.</param>
    /// <returns>0; 1 if the orderly end took too long.</returns>
    /// <exception cref="NodeException">Why the node ended by itself.</exception>
    public static async Task<int> RunAsync(StopSignals signals, INodeHost host, bool endsWithStdin = false)
    {
        endsWithStdin |= Environment.GetEnvironmentVariable(EndsWithStdinVariable) == "1";
        var first = endsWithStdin
            ? await Task.WhenAny(host.Ended, signals.Requested, StdinEnd.Wait())
            : await Task.WhenAny(host.Ended, signals.Requested);
        EndInAnyCase();
        if (first == host.Ended)
        {
            await host.Ended;
            return ExitCodes.Success;
        }
        try
        {
            await host.StopAsync().WaitAsync(StopTimeout);
            return ExitCodes.Success;
        }
        catch (TimeoutException)
        {
            _isTold = true;
            await Console.Error.WriteLineAsync($"The node did not stop in order within {StopTimeout.TotalSeconds} s and is ended{(host.WhatHoldsItUp is { } reason ? $": {reason}" : "")}.");
            return ExitCodes.Failure;
        }
    }

    /// <summary>
    /// The process ends within the time for an orderly end and a little more, whatever is in its way: a start that comes to no
    /// end, or something that cannot be closed.
    /// </summary>
    internal static void EndInAnyCase() =>
        _end ??= TimeProvider.System.CreateTimer(_ => EndNow(), null, StopTimeout + CloseTimeout, Timeout.InfiniteTimeSpan);

    private static void EndNow()
    {
        if (!_isTold)
            Console.Error.WriteLine("The node is ended although something that it waits for has not come back: a disk that does not answer?");
        Environment.Exit(ExitCodes.Failure);
    }
}

/// <summary>A running node, as its process sees it.</summary>
public interface INodeHost
{
    /// <summary>Ends when the node ended by itself; faulted with a <see cref="NodeException"/> if it could not go on.</summary>
    Task Ended { get; }

    /// <summary>Shuts down in order: flush, tell the peer.</summary>
    Task StopAsync();

    /// <summary>Why <see cref="StopAsync"/> does not come to its end, where the node can tell.</summary>
    string? WhatHoldsItUp => null;
}

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
