using System.Runtime.InteropServices;

namespace Nodes.Tests.Processes;

/// <summary>Signals to processes that a test started.</summary>
internal static partial class UnixSignal
{
    private const int Term = 15;
    private const int Interrupt = 2;
    private const int Continue = 18;
    private const int Stop = 19;

    public static void SendTerm(int processId) => Send(processId, Term);

    public static void SendInterrupt(int processId) => Send(processId, Interrupt);

    /// <summary>From now on the process does nothing, and does not notice: as on a machine that sleeps.</summary>
    public static void SendStop(int processId) => Send(processId, Stop);

    public static void SendContinue(int processId) => Send(processId, Continue);

    private static void Send(int processId, int signal)
    {
        if (Kill(processId, signal) != 0)
            throw new InvalidOperationException($"kill({processId}, {signal}) failed: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}
