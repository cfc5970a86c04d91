namespace Actors.Bench.Report;

/// <summary>How figures are written.</summary>
internal static class Figures
{
    public static string Millis(TimeSpan time) => $"{time.TotalMilliseconds:0.0} ms";

    public static string Megabytes(long bytes) => $"{bytes / 1e6:0} MB";

    public static string Times(double ratio) => $"{ratio:0.00} x";
}
