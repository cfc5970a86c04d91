namespace Actors.Runtime;

/// <summary>The last element that stands for all descendants.</summary>
public class SelectChildRecursive : SelectionPathElement
{
    /// <summary>One instance is enough.</summary>
    public static readonly SelectChildRecursive Instance = new();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SelectChildRecursive;

    /// <inheritdoc/>
    public override int GetHashCode() => typeof(SelectChildRecursive).GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => "**";
}
