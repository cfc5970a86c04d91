namespace Actors.Testing;

/// <summary>A gate that opens after so many calls of <see cref="CountDown"/>.</summary>
public class TestLatch
{
    private readonly CountdownEvent _open;
    private readonly Func<TimeSpan, TimeSpan> _dilate;
    private readonly TimeSpan _timeout;

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
        _open = new CountdownEvent(count);
        _dilate = dilate;
        _timeout = defaultTimeout;
    }

    /// <summary>Whether the gate is open.</summary>
    public bool IsOpen => _open.IsSet;

    /// <summary>One call less to wait for. More than enough calls do no harm.</summary>
    public void CountDown()
    {
        lock (_open)
        {
            if (!_open.IsSet)
                _open.Signal();
        }
    }

    /// <summary>Opens the gate.</summary>
    public void Open()
    {
        lock (_open)
        {
            if (!_open.IsSet)
                _open.Signal(_open.CurrentCount);
        }
    }

    /// <summary>Closes the gate for as many calls as in the beginning.</summary>
    public void Reset() => _open.Reset();

    /// <summary>Waits for the gate, at most so long, dilated.</summary>
    /// <exception cref="TimeoutException">It did not open in time.</exception>
    public void Ready(TimeSpan timeout)
    {
        if (!_open.Wait(_dilate(timeout)))
            throw new TimeoutException($"Timeout of {timeout} while waiting for the latch: {_open.CurrentCount} of {_open.InitialCount} left");
    }

    /// <summary>Waits for the gate, at most for the default time-out.</summary>
    /// <exception cref="TimeoutException">It did not open in time.</exception>
    public void Ready() => Ready(_timeout);
}
