using System.Threading.Channels;

namespace Actors.NodeShell;

/// <summary>
/// A bounded queue and the thread that empties it, for the slow things at the rim (a terminal, a file). Policy at the
/// limit: drop the newest, and count it; the caller never waits.
/// </summary>
internal sealed class BoundedQueueThread<T> : IDisposable
{
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(2);

    private readonly Channel<T> _queue;
    private readonly Thread _thread;
    private long _dropped;

    /// <param name="name">The thread's name.</param>
    /// <param name="capacity">The most items that wait.</param>
    /// <param name="take">Called on the thread for each item, in order; must not throw.</param>
    /// <param name="idleEvery">How long nothing comes before <paramref name="onIdle"/> is called, again and again.</param>
    /// <param name="onIdle">Called on the thread; must not throw.</param>
    public BoundedQueueThread(string name, int capacity, Action<T> take, TimeSpan? idleEvery = null, Action? onIdle = null)
    {
        // The writer wakes the thread itself: a story does not wait for a pool without a free thread.
        var options = new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true, AllowSynchronousContinuations = true };
        _queue = Channel.CreateBounded<T>(options, _ => Interlocked.Increment(ref _dropped));
        _thread = new Thread(() => Drain(take, idleEvery ?? Timeout.InfiniteTimeSpan, onIdle)) { Name = name, IsBackground = true };
        _thread.Start();
    }

    public bool IsEmpty => _queue.Reader.Count == 0;

    public void Add(T item)
    {
        // False: told after the end. It is counted like everything else that found no place.
        if (!_queue.Writer.TryWrite(item))
            Interlocked.Increment(ref _dropped);
    }

    /// <summary>How many were dropped since the last call.</summary>
    public long TakeDropped() => Interlocked.Exchange(ref _dropped, 0);

    /// <summary>Waits, within limits, until all that was added is taken.</summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        // A terminal or disk that hangs must not keep the process alive. The queue is left to the thread.
        _thread.Join(DrainTimeout);
    }

    private void Drain(Action<T> take, TimeSpan idleEvery, Action? onIdle)
    {
        Task<bool> more;
        do
        {
            while (_queue.Reader.TryRead(out var item))
                take(item);
            more = _queue.Reader.WaitToReadAsync().AsTask();
            while (!more.Wait(idleEvery))
                onIdle?.Invoke();
        }
        while (more.Result);
    }
}
