namespace Actors.Runtime;

/// <summary>The element that goes up.</summary>
public class SelectParent : SelectionPathElement
{
    /// <summary>One instance is enough.</summary>
    public static readonly SelectParent Instance = new();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SelectParent;

    /// <inheritdoc/>
    public override int GetHashCode() => typeof(SelectParent).GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => "..";
}
