namespace Actors.Configuration;

/// <summary>A path, and the object from which it is walked: the document's root, or an element of an array, which has no path from the root.</summary>
internal readonly record struct FieldReference(ObjectNode Anchor, string[] Path)
{
    public FieldReference Child(IReadOnlyCollection<string> path) => this with { Path = [.. Path, .. path] };
}
