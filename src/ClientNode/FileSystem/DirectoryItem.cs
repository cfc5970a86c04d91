namespace Actors.Client.FileSystem;

/// <summary>
/// A name in a directory (without "." and "..") and what it led to when the directory was read. Empty: there is something
/// whose name cannot be written down.
/// </summary>
public readonly record struct DirectoryItem(ReadOnlyMemory<byte> Name, FileKind Kind);
