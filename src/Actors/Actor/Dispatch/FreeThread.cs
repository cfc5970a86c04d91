using System.Collections.Concurrent;

namespace Actors.Runtime;

/// <summary>
/// A thread that will have nothing to do in a moment. What is scheduled on it meanwhile is kept, and run by this thread
/// itself: waking another one takes longer than most turns of an actor. Keeping, running and letting go are this
/// thread's; <see cref="HandOver"/> is anybody's.
/// </summary>
/// <param name="keepsOne">
/// Whether the thread keeps no more than one piece of work, because nobody takes away what waits behind one that blocks.
/// </param>
internal sealed class FreeThread(bool keepsOne)
{
    [ThreadStatic]
    private static FreeThread? _current;

    [ThreadStatic]
    private static FreeThread? _ofPool;

    private readonly ConcurrentQueue<IThreadPoolWorkItem> _kept = new();
    private readonly bool _keepsOne = keepsOne;
    private volatile bool _isHandedOver;

    /// <summary>That of the thread of the pool which asks.</summary>
    public static FreeThread OfPool => _ofPool ??= new FreeThread(keepsOne: true);

    /// <summary>Whether the thread that asks reads a connection, and runs at most what is short.</summary>
    public static bool IsReader => _current is { _keepsOne: false };

    public bool HasWork => !_kept.IsEmpty;

    public int WorkCount => _kept.Count;

    /// <summary>Keeps work if the thread that asks is about to be free.</summary>
    public static bool TryKeep(IThreadPoolWorkItem work) => _current is { } thread && thread.TryAdd(work);

    /// <summary>From now on this thread keeps what is scheduled on it.</summary>
    public void Keep() => _current = this;

    /// <summary>From now on others run what is scheduled on this thread.</summary>
    public void Release() => _current = null;

    /// <summary>Runs the oldest piece of work that was kept; false if there is none.</summary>
    public bool TryRun()
    {
        if (!_kept.TryDequeue(out var work))
            return false;
        // As the thread pool does, so that nothing which code leaves on the thread reaches the next.
        var context = ExecutionContext.Capture();
        work.Execute();
        if (context != null)
            ExecutionContext.Restore(context);
        if (SynchronizationContext.Current != null)
            SynchronizationContext.SetSynchronizationContext(null);
        return true;
    }

    /// <summary>Others run what was kept, and what this thread keeps from now on.</summary>
    public void HandOver()
    {
        _isHandedOver = true;
        HandOverKept();
    }

    /// <summary>Others run what was kept so far.</summary>
    public void HandOverKept()
    {
        while (_kept.TryDequeue(out var work))
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
    }

    /// <summary>Adds work; false if others run what is scheduled on this thread.</summary>
    public bool TryAdd(IThreadPoolWorkItem work)
    {
        if (_isHandedOver)
            return false;
        if (_keepsOne && !_kept.IsEmpty)
        {
            HandOverKept(); // several at once: the pool runs them side by side
            return false;
        }
        _kept.Enqueue(work);
        if (_isHandedOver)
            HandOverKept(); // taken away between the question and the queue
        return true;
    }

    /// <summary>Takes work back before it was run; false if it is somebody else's by now.</summary>
    public bool TryTakeBack(IThreadPoolWorkItem work)
    {
        while (_kept.TryDequeue(out var next))
        {
            if (ReferenceEquals(next, work))
                return true;
            ThreadPool.UnsafeQueueUserWorkItem(next, preferLocal: false);
        }
        return false;
    }
}
