namespace Actors.Testing;

/// <summary>A gate that opens after so many calls of <see cref="CountDown"/>.</summary>
public class TestLatch
{
    private readonly object _gate = new();
    private readonly Func<TimeSpan, TimeSpan> _dilate;
    private readonly TimeSpan _timeout;
    private readonly int _count;
    private int _left;

    /// <summary>A gate that opens after one call.</summary>
    public TestLatch()
        : this(1)
    {
    }

    /// <summary>A gate that opens after so many calls.</summary>
    public TestLatch(int count)
        : this(count, TimeSpan.FromSeconds(5))
    {
    }

    /// <summary>A gate that opens after so many calls, with its own time-out for <see cref="Ready()"/>.</summary>
    public TestLatch(int count, TimeSpan defaultTimeout)
        : this(duration => duration, defaultTimeout, count)
    {
    }

    internal TestLatch(Func<TimeSpan, TimeSpan> dilate, TimeSpan defaultTimeout, int count)
    {
        _dilate = dilate;
        _timeout = defaultTimeout;
        _count = count;
        _left = count;
    }

    /// <summary>Whether the gate is open.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_gate)
                return _left == 0;
        }
    }

    /// <summary>One call less to wait for. More calls than needed do no harm.</summary>
    public void CountDown() => Set(left => Math.Max(0, left - 1));

    /// <summary>Opens the gate.</summary>
    public void Open() => Set(_ => 0);

    /// <summary>Closes the gate for as many calls as in the beginning.</summary>
    public void Reset() => Set(_ => _count);

    /// <summary>Waits for the gate, at most so long, dilated.</summary>
    /// <exception cref="TimeoutException">It did not open in time.</exception>
    public void Ready(TimeSpan timeout)
    {
        TimeSpan end = TestClock.Now + _dilate(timeout);
        lock (_gate)
        {
            while (_left > 0)
            {
                TimeSpan wait = end - TestClock.Now;
                if (wait <= TimeSpan.Zero || !Monitor.Wait(_gate, wait))
                    throw new TimeoutException($"Timeout of {timeout} while waiting for the latch: {_left} of {_count} left");
            }
        }
    }

    /// <summary>Waits for the gate, at most for the default time-out.</summary>
    /// <exception cref="TimeoutException">It did not open in time.</exception>
    public void Ready() => Ready(_timeout);

    private void Set(Func<int, int> change)
    {
        lock (_gate)
        {
            _left = change(_left);
            Monitor.PulseAll(_gate);
        }
    }
}
