namespace Actors.Testing;

/// <summary>Counts events and wakes whoever waits for a certain number of them.</summary>
internal sealed class EventCount
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = New();
    private int _count;

    public int Value
    {
        get
        {
            lock (_lock)
                return _count;
        }
    }

    public void Increment()
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _count++;
            changed = _changed;
            _changed = New();
        }
        changed.SetResult();
    }

    /// <summary>Waits until there are so many, or time is up.</summary>
    public async Task<bool> ReachesAsync(int number, TimeSpan timeout, CancellationToken cancellationToken)
    {
        TimeSpan end = TestClock.Now + timeout;
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_count >= number)
                    return true;
                changed = _changed.Task;
            }
            TimeSpan left = end - TestClock.Now;
            if (left <= TimeSpan.Zero)
                return false;
            await Task.WhenAny(changed, TestClock.Delay(left, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
