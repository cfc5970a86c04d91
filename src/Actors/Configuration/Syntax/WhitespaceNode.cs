namespace Actors.Configuration;

/// <summary>Unquoted whitespace between two pieces of a concatenation: part of a string, nothing between objects or arrays.</summary>
internal sealed class WhitespaceNode(HoconOrigin origin, string text) : SyntaxNode(origin)
{
    public string Text { get; } = text;
}
