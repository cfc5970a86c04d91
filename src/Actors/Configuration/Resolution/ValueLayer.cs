namespace Actors.Configuration;

/// <summary>One of the values that are assigned at a path, and the assignment that it is (a piece of), unless it is an anchor.</summary>
internal readonly record struct ValueLayer(SyntaxNode Node, FieldEntry? Entry);
