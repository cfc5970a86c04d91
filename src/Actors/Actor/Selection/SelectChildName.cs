namespace Actors.Runtime;

/// <summary>An element that is the name of a child.</summary>
public class SelectChildName : SelectionPathElement
{
    /// <summary>Creates the element.</summary>
    public SelectChildName(string name) => Name = name;

    /// <summary>The text.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SelectChildName other && Name == other.Name;

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
