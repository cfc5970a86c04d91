using System.Globalization;
using System.Text;

namespace Actors.Event;

/// <summary>
/// Fills in numbered (<c>{0}</c>, <c>{1:x}</c>) and named (<c>{Path}</c>) placeholders; named ones take the arguments
/// in their order. A text that does not fit its arguments is logged as it is, and marked: a log call never throws.
/// </summary>
public class DefaultLogMessageFormatter : ILogMessageFormatter
{
    /// <summary>The only instance.</summary>
    public static readonly DefaultLogMessageFormatter Instance = new();

    private DefaultLogMessageFormatter() { }

    /// <inheritdoc/>
    public string Format(string format, IEnumerable<object> args) => Format(format, args.ToArray());

    /// <inheritdoc/>
    public string Format(string format, params object[] args)
    {
        if (args.Length == 0)
            return format;
        try
        {
            return string.Format(CultureInfo.InvariantCulture, Numbered(format), args);
        }
        catch (FormatException)
        {
            return $"[INVALID LOG FORMAT] {format} [{string.Join(", ", args)}]";
        }
    }

    private static string Numbered(string format)
    {
        var text = new StringBuilder(format.Length);
        int next = 0;
        for (int i = 0; i < format.Length; i++)
        {
            text.Append(format[i]);
            if (format[i] != '{' || i + 1 == format.Length || char.IsAsciiDigit(format[i + 1]))
                continue;
            if (format[i + 1] == '{')
            {
                text.Append(format[++i]);
                continue;
            }
            text.Append(next++);
            while (i + 1 < format.Length && format[i + 1] is not ('}' or ':' or ','))
                i++;
        }
        return text.ToString();
    }
}
