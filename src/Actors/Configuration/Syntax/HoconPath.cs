using System.Text;

namespace Actors.Configuration;

/// <summary>Paths as callers of <see cref="Config"/> write them: dots separate, quotes keep dots, anything else is taken literally as in Akka.NET.</summary>
internal static class HoconPath
{
    public static string[] Split(string path)
    {
        if (!path.Contains('"'))
            return path.Split('.');
        var elements = new List<string>();
        var element = new StringBuilder();
        bool isQuoted = false;
        foreach (char c in path)
        {
            if (c == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (c == '.' && !isQuoted)
            {
                elements.Add(element.ToString());
                element.Clear();
            }
            else
            {
                element.Append(c);
            }
        }
        elements.Add(element.ToString());
        return [.. elements];
    }
}
