using System.Text;

namespace Actors.Architecture.Tests;

/// <summary>
/// C# source with the insides of comments, strings and character literals blanked out, every line break kept:
/// what is left can be searched for braces and names without parsing the language.
/// </summary>
internal static class CodeText
{
    public static string Blank(string source)
    {
        var code = new StringBuilder(source.Length);
        int at = 0;
        while (at < source.Length)
        {
            int end = LiteralOrCommentEnd(source, at);
            if (end == at)
                code.Append(source[at++]);
            for (; at < end; at++)
                code.Append(source[at] == '\n' ? '\n' : ' ');
        }
        return code.ToString();
    }

    /// <summary>Blanks attributes too: brackets that begin a member or follow another attribute.</summary>
    public static string BlankAttributes(string code)
    {
        var text = new StringBuilder(code);
        char before = ';';
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] == '[' && before is ';' or '{' or '}')
                at = BlankBrackets(text, at);
            else if (!char.IsWhiteSpace(text[at]))
                before = text[at];
        }
        return text.ToString();
    }

    private static int BlankBrackets(StringBuilder text, int at)
    {
        int depth = 0;
        for (; at < text.Length; at++)
        {
            depth += text[at] == '[' ? 1 : text[at] == ']' ? -1 : 0;
            if (text[at] != '\n')
                text[at] = ' ';
            if (depth == 0)
                return at;
        }
        return at;
    }

    /// <summary>The position behind the comment or literal that begins at <paramref name="at"/>, or <paramref name="at"/> itself.</summary>
    private static int LiteralOrCommentEnd(string source, int at)
    {
        if (Follows(source, at, "//"))
            return IndexAfter(source, "\n", at, keep: 1);
        if (Follows(source, at, "/*"))
            return IndexAfter(source, "*/", at + 2);
        if (source[at] == '\'')
            return Quoted(source, at + 1, '\'');
        int quote = at;
        while (quote < source.Length && source[quote] is '$' or '@')
            quote++;
        if (quote >= source.Length || source[quote] != '"')
            return at;
        int quotes = CountQuotes(source, quote);
        if (quotes >= 3)
            return IndexAfter(source, new string('"', quotes), quote + quotes);
        bool verbatim = source[at..quote].Contains('@', StringComparison.Ordinal);
        return verbatim ? Verbatim(source, quote + 1) : Quoted(source, quote + 1, '"');
    }

    private static int Quoted(string source, int at, char quote)
    {
        while (at < source.Length && source[at] != quote && source[at] != '\n')
            at += source[at] == '\\' ? 2 : 1;
        return Math.Min(at + 1, source.Length);
    }

    private static int Verbatim(string source, int at)
    {
        while (at < source.Length)
        {
            if (source[at++] != '"')
                continue;
            if (at >= source.Length || source[at] != '"')
                break;
            at++;
        }
        return at;
    }

    private static int CountQuotes(string source, int at)
    {
        int from = at;
        while (at < source.Length && source[at] == '"')
            at++;
        return at - from;
    }

    private static bool Follows(string source, int at, string text) =>
        string.CompareOrdinal(source, at, text, 0, text.Length) == 0;

    private static int IndexAfter(string source, string text, int from, int keep = 0)
    {
        int found = source.IndexOf(text, Math.Min(from, source.Length), StringComparison.Ordinal);
        return found < 0 ? source.Length : found + text.Length - keep;
    }
}
