namespace Actors.Configuration;

/// <summary>A value as written, before substitutions are resolved.</summary>
internal abstract class SyntaxNode(HoconOrigin origin)
{
    public HoconOrigin Origin { get; } = origin;
}
