using System.Collections.Concurrent;

namespace Actors.NodeShell;

/// <summary>
/// A bounded queue and the thread that empties it, for the slow things at the rim (a terminal, a file). Policy at the
/// limit: drop the newest, and count it; the caller never waits.
/// </summary>
internal sealed class BoundedQueueThread<T> : IDisposable
{
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(2);

    private readonly BlockingCollection<T> _queue;
    private readonly Thread _thread;
    private readonly Action<T> _take;
    private readonly Action? _onIdle;
    private readonly TimeSpan _idleEvery;
    private long _dropped;

    /// <param name="name">The thread's name.</param>
    /// <param name="capacity">The most items that wait.</param>
    /// <param name="take">Called on the thread for each item, in order; must not throw.</param>
    /// <param name="idleEvery">How long nothing comes before <paramref name="onIdle"/> is called, again and again.</param>
    /// <param name="onIdle">Called on the thread; must not throw.</param>
    public BoundedQueueThread(string name, int capacity, Action<T> take, TimeSpan? idleEvery = null, Action? onIdle = null)
    {
        _queue = new BlockingCollection<T>(capacity);
        _take = take;
        _onIdle = onIdle;
        _idleEvery = idleEvery ?? Timeout.InfiniteTimeSpan;
        _thread = new Thread(Drain) { Name = name, IsBackground = true };
        _thread.Start();
    }

    public bool IsEmpty => _queue.Count == 0;

    public void Add(T item)
    {
        try
        {
            if (!_queue.TryAdd(item))
                Interlocked.Increment(ref _dropped);
        }
        catch (InvalidOperationException)
        {
            // Told after the end: counted like everything else that found no place.
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>How many were dropped since the last call.</summary>
    public long TakeDropped() => Interlocked.Exchange(ref _dropped, 0);

    /// <summary>Waits, within limits, until all that was added is taken.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        // A terminal or disk that hangs must not keep the process alive. The queue is left to the thread.
        _thread.Join(DrainTimeout);
    }

    private void Drain()
    {
        while (!_queue.IsCompleted)
        {
            if (_queue.TryTake(out var item, _idleEvery))
                _take(item);
            else
                _onIdle?.Invoke();
        }
    }
}
