using System.Globalization;

namespace Actors.Configuration;

/// <summary>The automatic conversions of HOCON's specification. Null, objects and arrays convert to nothing, except objects with numeric keys to arrays.</summary>
internal static class HoconConversion
{
    public static string ToText(HoconValue value, string? path)
    {
        if (!value.IsString())
            throw Mismatch("a string", value, path);
        // Akka.NET's meaning of a null that was written: null even where the caller has a default.
        return value.Kind == HoconKind.Null ? null! : value.Text;
    }

    public static bool ToBoolean(HoconValue value, string? path) => Scalar(value, "a boolean", path) switch
    {
        "true" or "yes" or "on" => true,
        "false" or "no" or "off" => false,
        _ => throw Mismatch("a boolean (true, yes, on, false, no or off)", value, path),
    };

    public static byte ToByte(HoconValue value, string? path) => (byte)ToInteger(value, byte.MinValue, byte.MaxValue, path);

    public static int ToInt(HoconValue value, string? path) => (int)ToInteger(value, int.MinValue, int.MaxValue, path);

    public static long ToLong(HoconValue value, string? path) => ToInteger(value, long.MinValue, long.MaxValue, path);

    public static float ToFloat(HoconValue value, string? path) =>
        (float)ToDouble(value, path) is var number && float.IsFinite(number) ? number : throw Mismatch("a single-precision number", value, path);

    public static double ToDouble(HoconValue value, string? path) =>
        double.TryParse(Scalar(value, "a number", path), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw Mismatch("a number", value, path);

    public static decimal ToDecimal(HoconValue value, string? path) =>
        decimal.TryParse(Scalar(value, "a decimal number", path), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            ? number
            : throw Mismatch("a decimal number", value, path);

    public static long? ToByteSize(HoconValue value, string? path)
    {
        string text = Scalar(value, "a size in bytes", path);
        if (text.Length == 0)
            return null;
        return HoconUnits.ParseByteSize(text) ?? throw Mismatch("a size in bytes, such as 128000b, 128kB or 1MiB", value, path);
    }

    public static TimeSpan ToTimeSpan(HoconValue value, bool allowInfinite, string? path)
    {
        string text = Scalar(value, "a duration", path);
        if (allowInfinite && text.Equals("infinite", StringComparison.OrdinalIgnoreCase))
            return Timeout.InfiniteTimeSpan;
        return HoconUnits.ParseDuration(text) ?? throw Mismatch("a duration, such as 500ms, 10s or 1.5 minutes", value, path);
    }

    public static IList<T> ToList<T>(HoconValue value, Func<HoconValue, string?, T> convert, string? path)
    {
        var elements = ToArray(value, path);
        var list = new List<T>(elements.Count);
        foreach (var element in elements)
            list.Add(convert(element, path));
        return list;
    }

    public static IList<HoconValue> ToArray(HoconValue value, string? path) =>
        TryToArray(value) ?? throw Mismatch("an array", value, path);

    /// <summary>The elements of an array or of an object with numeric keys, or null.</summary>
    public static IList<HoconValue>? TryToArray(HoconValue value)
    {
        if (value.Kind == HoconKind.Array)
            return [.. value.Elements];
        if (value.Kind != HoconKind.Object)
            return null;
        var numbered = new SortedList<int, HoconValue>();
        foreach (var (key, item) in value.GetObject().Items)
            if (int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
                numbered[index] = item;
        return numbered.Count == 0 ? null : [.. numbered.Values];
    }

    public static ConfigurationException Mismatch(string expected, HoconValue value, string? path)
    {
        string found = value.Kind switch
        {
            HoconKind.Object => "an object",
            HoconKind.Array => "an array",
            HoconKind.Null => "null",
            _ => $"the {value.Kind.ToString().ToLowerInvariant()} {Shorten(value.Text)}",
        };
        string where = path is null ? "" : $"{path}: ";
        return new ConfigurationException($"{where}expected {expected}, found {found} at {value.Origin}");
    }

    private static long ToInteger(HoconValue value, long min, long max, string? path)
    {
        string text = Scalar(value, "an integer", path);
        // Decimal holds every 64-bit integer exactly and reads 1e3 and 1.0 as integers, as JSON does.
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) || number != decimal.Truncate(number))
            throw Mismatch("an integer", value, path);
        return number >= min && number <= max ? (long)number : throw Mismatch($"an integer from {min} to {max}", value, path);
    }

    private static string Scalar(HoconValue value, string expected, string? path) =>
        value.IsString() && value.Kind != HoconKind.Null ? value.Text : throw Mismatch(expected, value, path);

    private static string Shorten(string text) => text.Length <= 80 ? $"\"{text}\"" : $"\"{text.AsSpan(0, 80)}...\"";
}
