using System.Text.RegularExpressions;

namespace Actors.Testing;

/// <summary>What a log message or a source has to look like, and how to say so.</summary>
internal sealed record TextMatcher(string Description, Predicate<string> Fits)
{
    public static TextMatcher Anything { get; } = new("", _ => true);

    /// <summary>The first of the three that is given counts.</summary>
    public static TextMatcher Message(string? message, string? start, string? contains)
    {
        if (message is not null)
            return new($"equal to \"{message}\"", text => text == message);
        if (start is not null)
            return new($"starting with \"{start}\"", text => text.StartsWith(start, StringComparison.Ordinal));
        if (contains is not null)
            return new($"containing \"{contains}\"", text => text.Contains(contains, StringComparison.Ordinal));
        return Anything;
    }

    public static TextMatcher Message(Regex pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return new($"matching \"{pattern}\"", pattern.IsMatch);
    }

    /// <summary>A source is given in full, or as an actor's path or the end of one.</summary>
    public static TextMatcher Source(string? source)
    {
        if (source is null)
            return Anything;
        string tail = "/" + source.TrimStart('/');
        return new($"from \"{source}\"", text => text == source || WithoutUid(text).EndsWith(tail, StringComparison.Ordinal));
    }

    private static string WithoutUid(string path)
    {
        int uid = path.LastIndexOf('#');
        return uid < 0 ? path : path[..uid];
    }
}
