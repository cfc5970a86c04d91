namespace Actors.Configuration;

internal sealed class ArrayNode(HoconOrigin origin, List<SyntaxNode> elements) : SyntaxNode(origin)
{
    public List<SyntaxNode> Elements { get; } = elements;
}
