using System.Runtime.InteropServices;

namespace Actors.Common;

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
