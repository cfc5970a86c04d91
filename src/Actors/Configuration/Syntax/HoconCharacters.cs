using System.Globalization;

namespace Actors.Configuration;

/// <summary>The character classes of HOCON's specification.</summary>
internal static class HoconCharacters
{
    private const string Forbidden = "$\"{}[]:=,+#`^?!@*&\\";

    /// <summary>Whitespace of any kind, newline included. Wider than char.IsWhiteSpace: byte order mark and 0x1C to 0x1F count too.</summary>
    public static bool IsWhitespace(char c) =>
        c is ' ' or (>= '\t' and <= '\r') or (>= '\x1c' and <= '\x1f') or '\ufeff'
        || (c > '\x7f' && CharUnicodeInfo.GetUnicodeCategory(c)
            is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    /// <summary>A character that may not stand in an unquoted string.</summary>
    public static bool IsForbiddenUnquoted(char c) => Forbidden.Contains(c) || IsWhitespace(c);

    /// <summary>Whether the text is a number by JSON's grammar.</summary>
    public static bool IsNumber(ReadOnlySpan<char> text)
    {
        int i = 0;
        if (i < text.Length && text[i] == '-')
            i++;
        int digits = Digits(text, i);
        if (digits == 0 || (digits > 1 && text[i] == '0'))
            return false;
        i += digits;
        if (i < text.Length && text[i] == '.')
        {
            digits = Digits(text, i + 1);
            if (digits == 0)
                return false;
            i += 1 + digits;
        }
        if (i < text.Length && text[i] is 'e' or 'E')
        {
            i++;
            if (i < text.Length && text[i] is '+' or '-')
                i++;
            digits = Digits(text, i);
            if (digits == 0)
                return false;
            i += digits;
        }
        return i == text.Length;
    }

    private static int Digits(ReadOnlySpan<char> text, int start)
    {
        int i = start;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
            i++;
        return i - start;
    }
}
