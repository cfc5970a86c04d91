namespace Actors.Bench.Report;

/// <summary>How figures are written.</summary>
internal static class Figures
{
    public static string Micros(TimeSpan time) => $"{time.TotalMicroseconds:0.0} µs";

    public static string Millis(TimeSpan time) => $"{time.TotalMilliseconds:0.0} ms";

    public static string Times(double ratio) => $"{ratio:0.00} x";

    public static string PerSecond(double rate) => rate >= 1e6 ? $"{rate / 1e6:0.00} M/s" : $"{rate / 1e3:0} k/s";

    public static string MegabytesPerSecond(double bytesPerSecond) => $"{bytesPerSecond / 1e6:0} MB/s";

    /// <summary>The middle one of several rounds: noise of the machine makes some worse, luck makes some better.</summary>
    public static double Median(IEnumerable<double> rounds)
    {
        double[] sorted = [.. rounds.Order()];
        return sorted[sorted.Length / 2];
    }
}
