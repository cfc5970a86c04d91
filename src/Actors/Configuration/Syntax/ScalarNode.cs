namespace Actors.Configuration;

/// <summary>A null, boolean, number or string. Numbers and booleans keep the text that they were written with.</summary>
internal sealed class ScalarNode(HoconOrigin origin, HoconKind kind, string text) : SyntaxNode(origin)
{
    public HoconKind Kind { get; } = kind;

    public string Text { get; } = text;
}
