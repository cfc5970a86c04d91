namespace Actors.Common;

/// <summary>A number and what it counts, in words: "1 file", "2 files".</summary>
public static class Counted
{
    /// <param name="count">How many.</param>
    /// <param name="one">What one of them is called.</param>
    /// <param name="many">What several are called, where that is not the same with an s.</param>
    public static string Of(long count, string one, string? many = null) =>
        count == 1 ? $"1 {one}" : $"{count} {many ?? one + "s"}";
}
