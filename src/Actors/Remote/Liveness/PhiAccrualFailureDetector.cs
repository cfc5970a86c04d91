namespace Actors.Remote;

/// <summary>
/// Suspects a peer by how unlikely its silence is, given the intervals between its heartbeats so far. Pure: the caller
/// says what time it is. After "The φ Accrual Failure Detector" (Hayashibara and others).
/// </summary>
internal sealed class PhiAccrualFailureDetector(WatchDetectorSettings settings)
{
    private readonly Queue<double> _intervalsMs = new();
    private double _sum;
    private double _sumOfSquares;
    private TimeSpan? _lastHeartbeat;

    /// <summary>Whether anything was heard, or is expected, from the peer.</summary>
    public bool IsMonitoring => _lastHeartbeat != null;

    public bool IsAvailable(TimeSpan now) => Phi(now) < settings.Threshold;

    public void Heartbeat(TimeSpan now)
    {
        if (_lastHeartbeat is not { } last)
        {
            // Two made-up intervals around the expected one keep the first real silence from being judged by nothing.
            var expected = settings.HeartbeatInterval.TotalMilliseconds;
            Add(expected - expected / 4);
            Add(expected + expected / 4);
        }
        else if (IsAvailable(now))
        {
            Add((now - last).TotalMilliseconds); // the gap of an outage would make the next outage look normal
        }
        _lastHeartbeat = now;
    }

    /// <summary>How suspicious the silence is: 1 means wrong in one of 10 cases, 2 in one of 100, and so on.</summary>
    public double Phi(TimeSpan now)
    {
        if (_lastHeartbeat is not { } last || _intervalsMs.Count == 0)
            return 0;
        var mean = _sum / _intervalsMs.Count;
        var variance = Math.Max(0, _sumOfSquares / _intervalsMs.Count - mean * mean);
        var deviation = Math.Max(Math.Sqrt(variance), settings.StdDeviationMin.TotalMilliseconds);
        return Phi((now - last).TotalMilliseconds, mean + settings.AcceptablePause.TotalMilliseconds, deviation);
    }

    /// <summary>−log10 of the chance that a heartbeat comes later than this; the normal distribution as a logistic curve.</summary>
    private static double Phi(double silence, double mean, double deviation)
    {
        var y = (silence - mean) / deviation;
        var e = Math.Exp(-y * (1.5976 + 0.070566 * y * y));
        return silence > mean ? -Math.Log10(e / (1 + e)) : -Math.Log10(1 - 1 / (1 + e));
    }

    private void Add(double intervalMs)
    {
        if (_intervalsMs.Count >= settings.SampleSizeMax)
        {
            var oldest = _intervalsMs.Dequeue();
            _sum -= oldest;
            _sumOfSquares -= oldest * oldest;
        }
        _intervalsMs.Enqueue(intervalMs);
        _sum += intervalMs;
        _sumOfSquares += intervalMs * intervalMs;
    }
}
