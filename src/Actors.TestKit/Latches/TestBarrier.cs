namespace Actors.Testing;

/// <summary>A place where so many threads wait for each other.</summary>
public class TestBarrier
{
    private readonly TestKitBase _testKit;
    private readonly int _count;
    private readonly TimeSpan _timeout;
    private Barrier _barrier;

    public TestBarrier(TestKitBase testKit, int count, TimeSpan? defaultTimeout = null)
    {
        ArgumentNullException.ThrowIfNull(testKit);
        _testKit = testKit;
        _count = count;
        _timeout = defaultTimeout ?? testKit.TestKitSettings.DefaultTimeout;
        _barrier = new Barrier(count);
    }

    /// <summary>Waits for the others, at most for the default time-out.</summary>
    /// <exception cref="TimeoutException">They did not come in time.</exception>
    public void Await() => Await(_timeout);

    /// <summary>Waits for the others, at most so long, dilated.</summary>
    /// <exception cref="TimeoutException">They did not come in time.</exception>
    public void Await(TimeSpan timeout)
    {
        if (!_barrier.SignalAndWait(_testKit.Dilated(timeout)))
            throw new TimeoutException($"Timeout of {timeout} while waiting at the barrier for {_count}");
    }

    /// <summary>Starts over.</summary>
    public void Reset() => _barrier = new Barrier(_count);
}
