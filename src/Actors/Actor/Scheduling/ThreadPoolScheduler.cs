using System.Collections.Concurrent;
using System.Diagnostics;

namespace Actors.Runtime;

#pragma warning disable RS0030 // This is the adapter that clocks and timers come from.

/// <summary>The real clock. Work runs on the thread pool; it ends with the actor system.</summary>
internal sealed class ThreadPoolScheduler : SchedulerBase, IDisposable
{
    private readonly ConcurrentDictionary<Work, byte> _pending = new();
    private volatile bool _isDisposed;

    public override TimeSpan MonotonicClock => Stopwatch.GetElapsedTime(0);

    protected override DateTimeOffset TimeNow => DateTimeOffset.UtcNow;

    internal override IScheduledWork Schedule(TimeSpan delay, TimeSpan? interval, Action action)
    {
        var work = new Work(this, action, isRepeated: interval is not null);
        if (_isDisposed)
            return work;
        _pending.TryAdd(work, 0);
        work.Start(delay, interval ?? Timeout.InfiniteTimeSpan);
        if (_isDisposed)
            work.Cancel();
        return work;
    }

    public void Dispose()
    {
        _isDisposed = true;
        foreach (Work work in _pending.Keys)
            work.Cancel();
    }

#pragma warning disable CA1001 // Cancel is what disposes of the timer, at the latest when the scheduler ends.
    private sealed class Work : IScheduledWork
    {
        private readonly ThreadPoolScheduler _owner;
        private readonly Action _action;
        private readonly bool _isRepeated;
        private readonly Timer _timer;
        private volatile bool _isCancelled;
        private int _isRunning;

        public Work(ThreadPoolScheduler owner, Action action, bool isRepeated)
        {
            _owner = owner;
            _action = action;
            _isRepeated = isRepeated;
            _timer = new Timer(static state => ((Work)state!).Run(), this, Timeout.Infinite, Timeout.Infinite);
        }

        public void Start(TimeSpan delay, TimeSpan interval) => _timer.Change(delay, interval);

        public void Cancel()
        {
            _isCancelled = true;
            _owner._pending.TryRemove(this, out _);
            _timer.Dispose();
        }

        private void Run()
        {
            // The timer does not wait for the last run: what is late must not run beside itself.
            if (Interlocked.Exchange(ref _isRunning, 1) != 0)
                return;
            if (!_isCancelled)
            {
                if (!_isRepeated)
                    Cancel();
                _owner.RunGuarded(_action, this);
            }
            Volatile.Write(ref _isRunning, 0);
        }
    }
}
