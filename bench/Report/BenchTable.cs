namespace Actors.Bench.Report;

/// <summary>Prints rows as they are measured, so that a run that is cut short has printed what it measured.</summary>
internal sealed class BenchTable(TextWriter output)
{
    private static readonly int[] Widths = [-16, -58, -42, -22, -18, -26, -7];

    public void Header()
    {
        Line("name", "what", "reference in this run", "measured", "ratio", "to reach", "");
        output.WriteLine(new string('-', Widths.Sum(Math.Abs) + ((Widths.Length - 1) * 2)));
    }

    /// <summary>Prints a row and returns whether its target is reached.</summary>
    public bool Row(Benchmark benchmark, Outcome outcome)
    {
        string reference = outcome.Reference.Length == 0 ? benchmark.Reference : $"{benchmark.Reference}: {outcome.Reference}";
        Line(benchmark.Name, benchmark.What, reference, outcome.Measured, outcome.Ratio, benchmark.Target, outcome.IsMet ? "ok" : "MISSED");
        return outcome.IsMet;
    }

    public void Footer(bool allMet) => output.WriteLine(allMet ? "All targets reached." : "Some targets missed.");

    private void Line(params string[] cells)
    {
        output.WriteLine(string.Join("  ", cells.Zip(Widths, (cell, width) => cell.PadRight(-width))).TrimEnd());
        output.Flush();
    }
}

/// <summary>The figures of one row, already in words, and whether the target is reached.</summary>
internal sealed record Outcome(string Reference, string Measured, string Ratio, bool IsMet)
{
    public static Outcome Failed(string why) => new("", why, "", false);
}

/// <summary>How figures are written.</summary>
internal static class Figures
{
    public static string Millis(TimeSpan time) => $"{time.TotalMilliseconds:0.0} ms";

    public static string Megabytes(long bytes) => $"{bytes / 1e6:0} MB";

    public static string Times(double ratio) => $"{ratio:0.00} x";
}
