using Actors.Configuration;

namespace Actors.Runtime;

/// <summary>Sections of a configuration that are keyed by paths; <c>*</c> stands for one name. The first that fits counts.</summary>
internal sealed class PathPatterns
{
    private readonly List<(string[] Pattern, Config Section)> _patterns = [];

    public PathPatterns(Config root, string key)
    {
        if (!root.HasPath(key))
            return;
        foreach (KeyValuePair<string, HoconValue> entry in root.GetConfig(key).AsEnumerable())
        {
            if (entry.Value.IsObject())
                _patterns.Add((entry.Key.Trim('/').Split('/'), entry.Value.ToConfig()));
        }
        // Exact names before wildcards.
        _patterns.Sort((left, right) => left.Pattern.Count(IsWildcard).CompareTo(right.Pattern.Count(IsWildcard)));
    }

    public bool IsEmpty => _patterns.Count == 0;

    public Config? Find(IReadOnlyList<string> elements)
    {
        foreach ((string[] pattern, Config section) in _patterns)
        {
            if (Fits(pattern, elements))
                return section;
        }
        return null;
    }

    private static bool Fits(string[] pattern, IReadOnlyList<string> elements)
    {
        if (pattern.Length != elements.Count)
            return false;
        for (int i = 0; i < pattern.Length; i++)
        {
            if (!IsWildcard(pattern[i]) && pattern[i] != elements[i])
                return false;
        }
        return true;
    }

    private static bool IsWildcard(string name) => name == "*";
}
