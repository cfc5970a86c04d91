namespace Actors.Client.Files;

/// <summary>A name in a directory (without "." and "..") and what it led to when the directory was read.</summary>
public readonly record struct DirectoryItem(ReadOnlyMemory<byte> Name, FileKind Kind);
