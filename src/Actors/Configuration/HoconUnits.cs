using System.Collections.Frozen;
using System.Globalization;

namespace Actors.Configuration;

/// <summary>Durations and sizes: a number and an optional unit, blanks around either.</summary>
internal static class HoconUnits
{
    private static readonly FrozenDictionary<string, decimal> TicksPerUnit = Units(
        (0.01m, ["ns", "nano", "nanos", "nanosecond", "nanoseconds"]),
        (TimeSpan.TicksPerMicrosecond, ["us", "micro", "micros", "microsecond", "microseconds"]),
        (TimeSpan.TicksPerMillisecond, ["", "ms", "milli", "millis", "millisecond", "milliseconds"]),
        (TimeSpan.TicksPerSecond, ["s", "second", "seconds"]),
        (TimeSpan.TicksPerMinute, ["m", "minute", "minutes"]),
        (TimeSpan.TicksPerHour, ["h", "hour", "hours"]),
        (TimeSpan.TicksPerDay, ["d", "day", "days"]));

    private static readonly FrozenDictionary<string, decimal> BytesPerUnit = Units([(1m, ["", "B", "b", "byte", "bytes"]), .. SizeUnits()]);

    /// <summary>Reads a duration of zero or more; null if the text is none or the duration is beyond what a TimeSpan holds.</summary>
    public static TimeSpan? ParseDuration(string text) =>
        Parse(text, TicksPerUnit) is { } ticks && ticks <= long.MaxValue ? TimeSpan.FromTicks((long)decimal.Round(ticks)) : null;

    /// <summary>Reads a size of zero or more bytes; null if the text is none or the size is beyond 64 bits.</summary>
    public static long? ParseByteSize(string text) =>
        Parse(text, BytesPerUnit) is { } bytes && bytes <= long.MaxValue ? (long)bytes : null;

    private static decimal? Parse(string text, FrozenDictionary<string, decimal> units)
    {
        var trimmed = text.AsSpan().Trim();
        int unitStart = trimmed.Length;
        while (unitStart > 0 && char.IsLetter(trimmed[unitStart - 1]))
            unitStart--;
        // Decimal keeps sizes exact that a double would round.
        if (!units.TryGetValue(trimmed[unitStart..].ToString(), out decimal factor)
            || !decimal.TryParse(trimmed[..unitStart].TrimEnd(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            || number < 0)
            return null;
        try
        {
            return number * factor;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static IEnumerable<(decimal Factor, string[] Names)> SizeUnits()
    {
        string[] prefixes = ["kilo", "mega", "giga", "tera", "peta", "exa", "zetta", "yotta"];
        string[] binaryPrefixes = ["kibi", "mebi", "gibi", "tebi", "pebi", "exbi", "zebi", "yobi"];
        decimal ten = 1, two = 1;
        for (int i = 0; i < prefixes.Length; i++)
        {
            ten *= 1000;
            two *= 1024;
            char lower = prefixes[i][0], upper = char.ToUpperInvariant(lower);
            // The specification writes kB; KB is what people write.
            string[] decimalNames = [$"{upper}B", $"{prefixes[i]}byte", $"{prefixes[i]}bytes"];
            yield return (ten, i == 0 ? ["kB", .. decimalNames] : decimalNames);
            yield return (two, [$"{upper}", $"{lower}", $"{upper}i", $"{upper}iB", $"{binaryPrefixes[i]}byte", $"{binaryPrefixes[i]}bytes"]);
        }
    }

    private static FrozenDictionary<string, decimal> Units(params IEnumerable<(decimal Factor, string[] Names)> units) =>
        units.SelectMany(unit => unit.Names, (unit, name) => (name, unit.Factor))
            .ToFrozenDictionary(pair => pair.name, pair => pair.Factor, StringComparer.Ordinal);
}
