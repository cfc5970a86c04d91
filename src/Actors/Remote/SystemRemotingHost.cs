using Actors.Runtime;

namespace Actors.Remote;

/// <summary>Remoting's time and threads in an actor system: its scheduler, and the thread pool or its one thread.</summary>
internal sealed class SystemRemotingHost(ActorSystemImpl system) : IRemotingHost
{
    private readonly MessageDispatcher? _singleThread = system.Environment.IsSingleThreaded ? system.Dispatchers.DefaultGlobalDispatcher : null;

    public bool SendersMayWrite => _singleThread == null;

    public TimeSpan Now => system.SchedulerImpl.MonotonicClock;

    public void Schedule(TimeSpan delay, Action action) => system.SchedulerImpl.Schedule(delay, null, action);

    public void Execute(IThreadPoolWorkItem work)
    {
        if (_singleThread != null)
            _singleThread.Schedule(work.Execute);
        else if (!FreeThread.TryKeep(work))
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: true); // the thread that queued it is about to be free
    }
}
