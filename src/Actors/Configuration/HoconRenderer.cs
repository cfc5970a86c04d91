using System.Text;

namespace Actors.Configuration;

/// <summary>Writes values as HOCON that parses to equal values, types included.</summary>
internal static class HoconRenderer
{
    public static string Render(HoconValue value, int indent)
    {
        var output = new StringBuilder();
        if (value.Kind == HoconKind.Object && indent == 0)
            WriteFields(output, value, 0);
        else
            Write(output, value, indent);
        return output.ToString();
    }

    private static void Write(StringBuilder output, HoconValue value, int indent)
    {
        switch (value.Kind)
        {
            case HoconKind.Object when value.IsEmpty:
                output.Append("{}");
                break;
            case HoconKind.Object:
                output.Append("{\n");
                WriteFields(output, value, indent + 1);
                output.Append('\n').Append(' ', indent * 2).Append('}');
                break;
            case HoconKind.Array:
                WriteElements(output, value, indent);
                break;
            case HoconKind.String:
                WriteString(output, value.Text);
                break;
            default:
                output.Append(value.Text);
                break;
        }
    }

    private static void WriteFields(StringBuilder output, HoconValue value, int indent)
    {
        bool isFirst = true;
        foreach (var (key, item) in value.GetObject().Items)
        {
            if (!isFirst)
                output.Append('\n');
            isFirst = false;
            output.Append(' ', indent * 2);
            WriteKey(output, key);
            output.Append(" : ");
            Write(output, item, indent);
        }
    }

    private static void WriteElements(StringBuilder output, HoconValue value, int indent)
    {
        output.Append('[');
        bool isFirst = true;
        foreach (var element in value.GetArray())
        {
            if (!isFirst)
                output.Append(", ");
            isFirst = false;
            Write(output, element, indent);
        }
        output.Append(']');
    }

    private static void WriteKey(StringBuilder output, string key)
    {
        bool isPlain = key.Length > 0 && key != "include" && key.AsSpan().IndexOfAnyExcept(PlainKey) < 0;
        if (isPlain)
            output.Append(key);
        else
            WriteQuoted(output, key);
    }

    private static void WriteString(StringBuilder output, string text)
    {
        // What begins with a digit or a minus sign would come back as a number.
        bool isPlain = text.Length > 0 && !char.IsAsciiDigit(text[0]) && text[0] != '-'
            && text.AsSpan().IndexOfAnyExcept(PlainText) < 0
            && !text.Contains("//", StringComparison.Ordinal)
            && text is not ("true" or "false" or "null");
        if (isPlain)
            output.Append(text);
        else
            WriteQuoted(output, text);
    }

    private static void WriteQuoted(StringBuilder output, string text)
    {
        output.Append('"');
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' => output.Append("\\\""),
                '\\' => output.Append("\\\\"),
                '\n' => output.Append("\\n"),
                '\r' => output.Append("\\r"),
                '\t' => output.Append("\\t"),
                _ when char.IsControl(c) || char.IsSurrogate(c) => output.Append($"\\u{(int)c:x4}"),
                _ => output.Append(c),
            };
        }
        output.Append('"');
    }

    private static readonly System.Buffers.SearchValues<char> PlainKey =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    private static readonly System.Buffers.SearchValues<char> PlainText =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./");
}
