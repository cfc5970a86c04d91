namespace Actors.NodeShell;

/// <summary>
/// What Akka.NET's HOCON parser does not see or does not survive: it closes brackets and strings by itself, and a
/// substitution that refers to itself ends the process.
/// </summary>
internal static class ConfigurationText
{
    /// <summary>The first fault and its line; null: none.</summary>
    public static (string Fault, int Line)? FindFault(string text)
    {
        var open = new Stack<(char Bracket, int Line)>();
        var line = 1;
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '\n':
                    line++;
                    break;
                case '#':
                case '/' when Follows(text, at, "//"):
                    at = EndOf(text, at, "\n") - 1;
                    break;
                case '"':
                    var end = EndOfString(text, at);
                    if (end < 0)
                        return ("a string is not closed", line);
                    line += text.AsSpan(at, end - at).Count('\n');
                    at = end - 1;
                    break;
                case '{' or '[':
                    open.Push((text[at], line));
                    break;
                case '}' or ']':
                    if (!open.TryPop(out var last) || last.Bracket != (text[at] == '}' ? '{' : '['))
                        return ($"'{text[at]}' closes nothing", line);
                    break;
                case '$' when Follows(text, at, "${"):
                    return ("substitutions (${...}) cannot be used here: write the value", line);
                case '+' when Follows(text, at, "+="):
                    return ("'+=' cannot be used here: write the whole list", line);
            }
        }
        return open.TryPop(out var left) ? ($"'{left.Bracket}' is not closed", left.Line) : null;
    }

    /// <summary>Behind the string that begins here; negative: it does not end.</summary>
    private static int EndOfString(string text, int start)
    {
        if (Follows(text, start, "\"\"\""))
        {
            var end = text.IndexOf("\"\"\"", start + 3, StringComparison.Ordinal);
            return end < 0 ? -1 : end + 3;
        }
        for (var at = start + 1; at < text.Length && text[at] != '\n'; at++)
        {
            if (text[at] == '"')
                return at + 1;
            if (text[at] == '\\')
                at++;
        }
        return -1;
    }

    private static bool Follows(string text, int at, string what) => string.CompareOrdinal(text, at, what, 0, what.Length) == 0;

    private static int EndOf(string text, int start, string what)
    {
        var end = text.IndexOf(what, start, StringComparison.Ordinal);
        return end < 0 ? text.Length : end;
    }
}
