using Actors.Runtime;

namespace Actors.Remote;

/// <summary>
/// Which recipients take the bulk lane: paths from the root, where <c>*</c> stands for any one name and a trailing
/// <c>**</c> for any names. A name may itself end or begin with <c>*</c>.
/// </summary>
internal sealed class BulkRecipients(IEnumerable<string> patterns)
{
    private readonly string[][] _patterns = [.. patterns.Select(p => p.Trim('/').Split('/'))];

    public bool Matches(ActorPath path)
    {
        if (_patterns.Length == 0)
            return false;
        var elements = path.Elements;
        return Array.Exists(_patterns, p => Matches(p, elements));
    }

    private static bool Matches(string[] pattern, IReadOnlyList<string> elements)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == "**" && i == pattern.Length - 1)
                return elements.Count > i;
            if (i >= elements.Count || !System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern[i], elements[i], ignoreCase: false))
                return false;
        }
        return pattern.Length == elements.Count;
    }
}
