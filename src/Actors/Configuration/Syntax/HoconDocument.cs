namespace Actors.Configuration;

/// <summary>A text that was read: the object at which absolute paths begin, and the root value, which is that object unless it is an array.</summary>
internal sealed record HoconDocument(ObjectNode PathRoot, SyntaxNode Root);
