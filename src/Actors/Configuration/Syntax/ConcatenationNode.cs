namespace Actors.Configuration;

/// <summary>Two or more pieces on one line that become one string, array or object, which one is known only once substitutions are resolved.</summary>
internal sealed class ConcatenationNode(HoconOrigin origin, List<SyntaxNode> pieces) : SyntaxNode(origin)
{
    public List<SyntaxNode> Pieces { get; } = pieces;

    /// <summary>Set for <c>key += element</c>, whose appended array is the last piece.</summary>
    public bool IsAppend { get; init; }
}
