namespace Actors.Runtime;

/// <summary>An element with wildcards, which may fit several children.</summary>
public class SelectChildPattern : SelectionPathElement
{
    /// <summary>Creates the element.</summary>
    public SelectChildPattern(string patternStr) => PatternStr = patternStr;

    /// <summary>The text.</summary>
    public string PatternStr { get; }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SelectChildPattern other && PatternStr == other.PatternStr;

    /// <inheritdoc/>
    public override int GetHashCode() => PatternStr.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => PatternStr;
}
