namespace Actors.Bench.Report;

/// <summary>The figures of one row, already in words, and whether the target is reached.</summary>
internal sealed record Outcome(string Reference, string Measured, string Ratio, bool IsMet)
{
    public static Outcome Failed(string why) => new("", why, "", false);
}
