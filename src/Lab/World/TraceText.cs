using System.Text;

namespace Actors.Lab.World;

/// <summary>A message as a line of a trace shows it: what it is, and the beginning of what is in it.</summary>
internal static class TraceText
{
    private const int CharsMax = 160;

    public static string Of(object message)
    {
        var name = message.GetType().Name;
        var text = message.ToString() ?? "";
        if (text.StartsWith(name, StringComparison.Ordinal))
            text = text[name.Length..];
        // What has no text of its own says the name of its type once more, or what it is for the compiler.
        if (text.Length == 0 || text == message.GetType().FullName || text.EndsWith(name, StringComparison.Ordinal))
            return name;
        var line = new StringBuilder(name).Append(' ');
        foreach (var character in text.Trim())
        {
            if (line.Length >= CharsMax)
                return line.Append("...").ToString();
            line.Append(char.IsControl(character) ? ' ' : character);
        }
        return line.ToString();
    }
}
