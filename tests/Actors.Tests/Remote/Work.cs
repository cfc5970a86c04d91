namespace Actors.Tests.Remote;

/// <summary>Work that says when it was run.</summary>
internal sealed class Work : IThreadPoolWorkItem, IDisposable
{
    private readonly ManualResetEventSlim _done = new();

    public void Execute() => _done.Set();

    /// <summary>Waits until it was run, and for no longer than a test waits for anything.</summary>
    public bool WasRun() => _done.Wait(RemoteSystems.Limit);

    public void Dispose() => _done.Dispose();
}
