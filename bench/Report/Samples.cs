namespace Actors.Bench.Report;

/// <summary>Durations of single operations.</summary>
internal sealed class Samples
{
    private readonly List<TimeSpan> _samples = [];

    public int Count => _samples.Count;

    public TimeSpan Median => Quantile(0.5);

    public TimeSpan P99 => Quantile(0.99);

    public TimeSpan Longest => Quantile(1);

    public void Add(TimeSpan sample) => _samples.Add(sample);

    public void Clear() => _samples.Clear();

    private TimeSpan Quantile(double quantile)
    {
        _samples.Sort();
        return _samples[(int)(quantile * (_samples.Count - 1))];
    }
}
