using System.Globalization;
using System.Text;

namespace Actors.Configuration;

internal sealed partial class HoconReader
{
    private const string TripleQuote = "\"\"\"";

    private string ReadQuoted() => IsAt(TripleQuote) ? ReadTripleQuoted() : ReadJsonString();

    private string ReadTripleQuoted()
    {
        int start = _position + TripleQuote.Length;
        int end = _text.IndexOf(TripleQuote, start, StringComparison.Ordinal);
        if (end < 0)
            throw Error("the string that \"\"\" begins does not end");
        // More than three quotes at the end: the first ones belong to the string.
        while (end + TripleQuote.Length < _text.Length && _text[end + TripleQuote.Length] == '"')
            end++;
        _position = end + TripleQuote.Length;
        return _text[start..end];
    }

    private string ReadJsonString()
    {
        var open = Here;
        _position++;
        var result = new StringBuilder();
        while (true)
        {
            if (IsAtEnd)
                throw new HoconParseException("the string does not end", open);
            char c = _text[_position];
            if (c == '"')
                break;
            if (c < ' ')
                throw Error($"{Describe()} must be escaped in a quoted string");
            if (c == '\\')
                result.Append(ReadEscape());
            else
                result.Append(c);
            _position++;
        }
        _position++;
        return result.ToString();
    }

    /// <summary>Reads an escape; the position is at the backslash before and at the escape's last character after.</summary>
    private char ReadEscape()
    {
        _position++;
        switch (Current)
        {
            case '"' or '\\' or '/': return Current;
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u' when _position + 4 < _text.Length
                && ushort.TryParse(_text.AsSpan(_position + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code):
                _position += 4;
                return (char)code;
            case 'u': throw Error("\\u must be followed by four hexadecimal digits");
            default: throw Error($"{Describe()} cannot follow a backslash in a quoted string");
        }
    }
}
