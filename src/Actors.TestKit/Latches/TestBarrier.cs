namespace Actors.Testing;

/// <summary>A place where so many threads wait for each other, as often as they like.</summary>
public class TestBarrier
{
    private readonly object _gate = new();
    private readonly TestKitBase _testKit;
    private readonly int _count;
    private readonly TimeSpan _timeout;
    private int _arrived;
    private int _round;

    public TestBarrier(TestKitBase testKit, int count, TimeSpan? defaultTimeout = null)
    {
        ArgumentNullException.ThrowIfNull(testKit);
        _testKit = testKit;
        _count = count;
        _timeout = defaultTimeout ?? testKit.TestKitSettings.DefaultTimeout;
    }

    /// <summary>Waits for the others, at most for the default time-out.</summary>
    /// <exception cref="TimeoutException">They did not come in time.</exception>
    public void Await() => Await(_timeout);

    /// <summary>Waits for the others, at most so long, dilated.</summary>
    /// <exception cref="TimeoutException">They did not come in time.</exception>
    public void Await(TimeSpan timeout)
    {
        TimeSpan end = TestClock.Now + _testKit.Dilated(timeout);
        lock (_gate)
        {
            int round = _round;
            if (++_arrived == _count)
            {
                Reset();
                return;
            }
            while (round == _round)
            {
                TimeSpan wait = end - TestClock.Now;
                if (wait <= TimeSpan.Zero || !Monitor.Wait(_gate, wait))
                    throw new TimeoutException($"Timeout of {timeout} while waiting at the barrier: {_arrived} of {_count} are there");
            }
        }
    }

    /// <summary>Lets go whoever waits, and starts over.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _arrived = 0;
            _round++;
            Monitor.PulseAll(_gate);
        }
    }
}
