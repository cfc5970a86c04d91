namespace Actors.Client.Cache;

/// <summary>New content of a file: in memory, or staged under a name; neither where there is none to place.</summary>
public readonly record struct ContentSource(ReadOnlyMemory<byte>? Inline, string? StagedName);
